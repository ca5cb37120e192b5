package org.jcachememcached.internal.store.memcached;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import net.spy.memcached.ops.OperationState;

/** Asks a server for its statistics. Confined to the client's I/O thread, but for the future. */
final class StatsRequest extends LineOperation {

  private static final byte[] REQUEST = "stats\r\n".getBytes(US_ASCII);

  private final Map<String, String> stats = new HashMap<>();
  private final CompletableFuture<Map<String, String>> future = new CompletableFuture<>();

  StatsRequest() {
    super(REQUEST);
  }

  /** What the server answers, by name; nothing if it does not. */
  CompletableFuture<Map<String, String>> future() {
    return future;
  }

  @Override
  boolean take(String answer) {
    String[] words = answer.split(" ", 3);
    if (words[0].equals("STAT") && words.length == 3) {
      stats.put(words[1], words[2]);
      return false;
    }
    return true;
  }

  @Override
  void ended() {
    future.complete(getState() == OperationState.COMPLETE ? Map.copyOf(stats) : Map.of());
  }

  @Override
  public String toString() {
    return "stats";
  }
}
