package org.jcachememcached.store.memcached;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import net.spy.memcached.ops.OperationState;
import org.jspecify.annotations.Nullable;

/**
 * The first request on every connection: says who asks, where the server wants to know, and asks a
 * server for its version and its settings. Confined to the client's I/O thread.
 */
final class Handshake extends LineOperation {

  private static final byte[] QUESTIONS = "version\r\nstats settings\r\n".getBytes(US_ASCII);

  private static final String UNKNOWN = "unknown";

  private final Consumer<ServerFacts> whenAnswered;
  private final Map<String, String> settings = new HashMap<>();
  private boolean loginPending;
  private boolean refused;
  private String version = UNKNOWN;

  Handshake(@Nullable Credentials credentials, Consumer<ServerFacts> whenAnswered) {
    super(credentials == null ? QUESTIONS : join(credentials.request(), QUESTIONS));
    this.whenAnswered = whenAnswered;
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
      return false;
    }
    if (isRefusal(answer)) {
      // Some servers refuse all at once, some line by line: it goes on reading, as the last one.
      refused = true;
      whenAnswered.accept(facts());
      return false;
    }
    if (loginPending) {
      loginPending = false;
      return false;
    }
    return takeFact(answer.split(" ", 3));
  }

  private boolean isRefusal(String answer) {
    return loginPending
        ? !answer.equals(Credentials.ACCEPTED)
        : answer.equals("CLIENT_ERROR unauthenticated");
  }

  private boolean takeFact(String[] words) {
    if (words[0].equals("VERSION") && words.length > 1) {
      version = words[1];
    } else if (words[0].equals("STAT") && words.length == 3) {
      settings.put(words[1], words[2]);
    } else {
      // The end of the settings, or an error in their place.
      return true;
    }
    return false;
  }

  /** A handshake that was cancelled has lost its connection, which the node knows already. */
  @Override
  void ended() {
    if (getState() == OperationState.COMPLETE) {
      whenAnswered.accept(facts());
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
