package org.jcachememcached.internal.store.memcached;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.HashMap;
import java.util.Map;
import net.spy.memcached.ops.OperationState;
import org.jspecify.annotations.Nullable;

/**
 * The first request on every connection: says who asks, where the server wants to know, and asks a
 * server for its version and its settings. Confined to the client's I/O thread.
 */
final class Handshake extends LineOperation {

  private static final byte[] QUESTIONS = "version\r\nstats settings\r\n".getBytes(US_ASCII);

  private static final String UNKNOWN = "unknown";
  private static final String UNAUTHENTICATED = "CLIENT_ERROR unauthenticated";

  /** What an answer is quoted with at most: another kind of server may answer with anything. */
  private static final int LONGEST_QUOTE = 100;

  /** Whoever wants to know what the server says. */
  interface Listener {

    /** The server has said what it is. */
    void answered(ServerFacts facts);

    /** The server has said something else. */
    void turnedAway(String answer);
  }

  private final Listener listener;
  private final Map<String, String> settings = new HashMap<>();
  private boolean loginPending;
  private boolean refused;
  private String version = UNKNOWN;

  Handshake(@Nullable Credentials credentials, Listener listener) {
    super(credentials == null ? QUESTIONS : join(credentials.request(), QUESTIONS));
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
  boolean take(String answer) {
    if (refused) {
      // Some servers refuse all at once, some line by line: it goes on reading, as the last one.
      return false;
    }
    if (loginPending ? answer.startsWith("CLIENT_ERROR") : answer.equals(UNAUTHENTICATED)) {
      refused = true;
      listener.answered(facts());
    } else if (loginPending && answer.equals(Credentials.ACCEPTED)) {
      loginPending = false;
    } else if (version.equals(UNKNOWN)) {
      takeVersion(answer);
    } else {
      return !takeSetting(answer.split(" ", 3));
    }
    return false;
  }

  private void takeVersion(String answer) {
    String[] words = answer.split(" ", 3);
    if (!loginPending && words[0].equals("VERSION") && words.length > 1) {
      version = words[1];
    } else {
      refused = true;
      listener.turnedAway(answer.substring(0, Math.min(answer.length(), LONGEST_QUOTE)));
    }
  }

  /** Returns whether it was one: not the end of the settings, or an error in their place. */
  private boolean takeSetting(String[] words) {
    boolean setting = words[0].equals("STAT") && words.length == 3;
    if (setting) {
      settings.put(words[1], words[2]);
    }
    return setting;
  }

  /** A handshake that was cancelled has lost its connection, which the node knows already. */
  @Override
  void ended() {
    if (getState() == OperationState.COMPLETE) {
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
