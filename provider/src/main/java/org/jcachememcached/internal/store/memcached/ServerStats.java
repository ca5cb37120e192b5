package org.jcachememcached.internal.store.memcached;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The statistics of a server, requested on demand and kept for a second, because a JMX client
 * usually reads many attributes of an MBean at once. Thread-safe.
 */
final class ServerStats {

  private static final long UNKNOWN = -1;
  private static final long MEMORY_NANOS = Duration.ofSeconds(1).toNanos();

  private final ServerNode node;
  private Map<String, String> stats = Map.of();
  private long notAfter = System.nanoTime();

  ServerStats(ServerNode node) {
    this.node = node;
  }

  /** A statistic, or null if it is unknown. */
  @Nullable String text(String name) {
    return fresh().get(name);
  }

  /** A statistic, or -1 if it is unknown. */
  long number(String name) {
    return number(fresh(), name);
  }

  /** The share of the first statistic in the sum of both; -1 if they are unknown. */
  double share(String name, String rest) {
    Map<String, String> now = fresh();
    double part = number(now, name);
    double whole = part + number(now, rest);
    return whole > 0 ? part / whole : UNKNOWN;
  }

  private static long number(Map<String, String> from, String name) {
    try {
      return Long.parseLong(from.getOrDefault(name, ""));
    } catch (NumberFormatException unknown) {
      return UNKNOWN;
    }
  }

  private synchronized Map<String, String> fresh() {
    if (node.state() instanceof NodeState.Down) {
      return Map.of();
    }
    if (System.nanoTime() - notAfter >= 0) {
      stats = ask();
      notAfter = System.nanoTime() + MEMORY_NANOS;
    }
    return stats;
  }

  private Map<String, String> ask() {
    try {
      return node.stats().get(node.timeout().toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Map.of();
    } catch (ExecutionException | TimeoutException e) {
      return Map.of();
    }
  }
}
