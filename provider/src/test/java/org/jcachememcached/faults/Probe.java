package org.jcachememcached.faults;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toMap;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import javax.cache.Cache;

/** Keys on all servers that no other test uses, to see which servers serve. Not thread-safe. */
final class Probe {

  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final int SAMPLES = 500;

  private final Cache<String, String> cache;
  private final List<String> keys = IntStream.range(0, 40).mapToObj(i -> "probe-" + i).toList();

  Probe(Cache<String, String> cache) {
    this.cache = cache;
  }

  /** Waits until every server takes and returns values; says how long that took. */
  Duration awaitServing() {
    long start = System.nanoTime();
    while (!keysNotServed().isEmpty()) {
      Duration waited = Duration.ofNanos(System.nanoTime() - start);
      if (waited.compareTo(LIMIT) > 0) {
        throw new AssertionError("not all servers serve after " + waited);
      }
      pause();
    }
    return Duration.ofNanos(System.nanoTime() - start);
  }

  private List<String> keysNotServed() {
    cache.putAll(keys.stream().collect(toMap(identity(), identity())));
    Set<String> served = cache.getAll(Set.copyOf(keys)).keySet();
    return keys.stream().filter(key -> !served.contains(key)).toList();
  }

  /** How long a read of a key takes whose server is given up; the median. */
  Duration medianOfLostReads() {
    List<String> lost = keysNotServed();
    if (lost.isEmpty()) {
      throw new AssertionError("all servers serve, though one should not");
    }
    long[] nanos = new long[SAMPLES];
    for (int i = 0; i < SAMPLES; i++) {
      long start = System.nanoTime();
      cache.get(lost.get(i % lost.size()));
      nanos[i] = System.nanoTime() - start;
    }
    Arrays.sort(nanos);
    return Duration.ofNanos(nanos[SAMPLES / 2]);
  }

  private static void pause() {
    try {
      Thread.sleep(10);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }
}
