package org.jcachememcached.internal.store.memcached.protocol;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The first request on every connection: authenticates where that is configured, and asks the
 * server for its version and its settings. For one thread.
 */
public final class Handshake implements LineRequest {

  private static final byte[] QUESTIONS = "version\r\nstats settings\r\n".getBytes(US_ASCII);

  private static final String UNKNOWN = "unknown";
  private static final String UNAUTHENTICATED = "CLIENT_ERROR unauthenticated";

  /** How much of an answer is quoted: a server of another kind may answer with anything. */
  private static final int LONGEST_QUOTE = 100;

  /** Receives the result of a handshake. */
  public interface Listener {

    /** The server has answered with its version and settings. */
    void answered(ServerFacts facts);

    /** The server has answered something else. */
    void turnedAway(String answer);
  }

  private final byte[] request;
  private final Listener listener;
  private final Map<String, String> settings = new HashMap<>();
  private boolean loginPending;
  private boolean refused;
  private String version = UNKNOWN;

  /**
   * @param credentials null if the server needs none
   */
  public Handshake(@Nullable Credentials credentials, Listener listener) {
    this.request = credentials == null ? QUESTIONS : join(credentials.request(), QUESTIONS);
    this.listener = listener;
    this.loginPending = credentials != null;
  }

  private static byte[] join(byte[] first, byte[] second) {
    byte[] both = new byte[first.length + second.length];
    System.arraycopy(first, 0, both, 0, first.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }

  @Override
  public byte[] bytes() {
    return request;
  }

  @Override
  public boolean take(String line) {
    if (refused) {
      // Some servers refuse everything at once, others line by line: the rest is read and ignored.
      return false;
    }
    if (loginPending ? line.startsWith("CLIENT_ERROR") : line.equals(UNAUTHENTICATED)) {
      refused = true;
      listener.answered(facts());
    } else if (loginPending && line.equals(Credentials.ACCEPTED)) {
      loginPending = false;
    } else if (version.equals(UNKNOWN)) {
      takeVersion(line);
    } else {
      // The end of the settings, or an error in their place, ends the answer.
      return !StatsRequest.takeStat(line, settings);
    }
    return false;
  }

  private void takeVersion(String line) {
    String[] words = line.split(" ", 3);
    if (!loginPending && words[0].equals("VERSION") && words.length > 1) {
      version = words[1];
    } else {
      refused = true;
      listener.turnedAway(line.substring(0, Math.min(line.length(), LONGEST_QUOTE)));
    }
  }

  /** A handshake without an answer has lost its connection, which is reported separately. */
  @Override
  public void ended(boolean answered) {
    if (answered) {
      listener.answered(facts());
    }
  }

  private ServerFacts facts() {
    boolean cas = !"no".equals(settings.get("cas_enabled"));
    return new ServerFacts(version, !refused, cas, itemSizeMax());
  }

  private long itemSizeMax() {
    try {
      return Long.parseLong(settings.getOrDefault("item_size_max", ""));
    } catch (NumberFormatException unknownLimit) {
      return Long.MAX_VALUE;
    }
  }

  @Override
  public String toString() {
    return "handshake";
  }
}
