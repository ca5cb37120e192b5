package org.jcachememcached.internal.store.memcached.protocol;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a server reports about itself when a connection opens. Immutable.
 *
 * @param version such as {@code 1.6.18}
 * @param loginAccepted false if it does not accept the user name and password
 * @param casEnabled false on a server that was started with {@code -C}
 * @param itemSizeMax the largest item that it accepts, with all overhead, in bytes
 */
public record ServerFacts(
    String version, boolean loginAccepted, boolean casEnabled, long itemSizeMax) {

  /** What memcached adds to every item: its header and the CAS value. */
  private static final int HEADER = 48 + Long.BYTES;

  private static final String OLDEST_VERSION = "1.6.18";
  private static final int[] OLDEST = {1, 6, 18};
  private static final Pattern VERSION = Pattern.compile("(\\d+)\\.(\\d+)\\.(\\d+).*");

  /** Why this server cannot be used, or null if it can. */
  public @Nullable String refusal() {
    if (!loginAccepted) {
      return "was started with the option -Y and does not accept the user name and password"
          + " (settings 'username' and 'password')";
    }
    if (!isRecent()) {
      return "runs memcached " + version + ", but " + OLDEST_VERSION + " or later is needed";
    }
    if (!casEnabled) {
      return "was started with the option -C, but compare-and-set is needed";
    }
    return null;
  }

  /** The size of an item on the server in bytes, with its header and all terminators. */
  static long sizeOf(int keyLength, int flags, int dataLength) {
    int flagsLength = flags == 0 ? 0 : Integer.BYTES;
    return HEADER + (keyLength + 1L) + flagsLength + dataLength + 2L;
  }

  private boolean isRecent() {
    Matcher numbers = VERSION.matcher(version);
    if (!numbers.matches()) {
      return false;
    }
    for (int i = 0; i < OLDEST.length; i++) {
      int found = Integer.parseInt(numbers.group(i + 1));
      if (found != OLDEST[i]) {
        return found > OLDEST[i];
      }
    }
    return true;
  }
}
