package org.jcachememcached.internal.store.memcached.protocol;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Asks a server for its statistics. For one thread, except for the future. */
public final class StatsRequest implements LineRequest {

  private static final byte[] REQUEST = "stats\r\n".getBytes(US_ASCII);

  private final Map<String, String> stats = new HashMap<>();
  private final CompletableFuture<Map<String, String>> future = new CompletableFuture<>();

  /** The statistics by name; empty if the server does not answer. */
  public CompletableFuture<Map<String, String>> future() {
    return future;
  }

  @Override
  public byte[] bytes() {
    return REQUEST;
  }

  @Override
  public boolean take(String line) {
    return !takeStat(line, stats);
  }

  /** Adds a line {@code STAT name value} to the map; returns whether it was one. */
  static boolean takeStat(String line, Map<String, String> stats) {
    String[] words = line.split(" ", 3);
    boolean stat = words[0].equals("STAT") && words.length == 3;
    if (stat) {
      stats.put(words[1], words[2]);
    }
    return stat;
  }

  @Override
  public void ended(boolean answered) {
    future.complete(answered ? Map.copyOf(stats) : Map.of());
  }

  @Override
  public String toString() {
    return "stats";
  }
}
