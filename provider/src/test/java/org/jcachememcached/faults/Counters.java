package org.jcachememcached.faults;

import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.stream.IntStream;
import javax.cache.Cache;
import javax.cache.processor.MutableEntry;
import org.jcachememcached.faults.Observation.End;
import org.jspecify.annotations.Nullable;

/**
 * Counters that all threads increment by entry processors. Thread-safe.
 *
 * <p>A counter that was lost with its server begins again under another name of its life; within
 * one life, no two increments may have had the same result.
 */
final class Counters {

  static final int COUNT = 16;

  private final Cache<String, String> cache;
  private final Observation observation;
  private final Set<String> results = ConcurrentHashMap.newKeySet();
  private final AtomicLong repeated = new AtomicLong();
  private final AtomicLongArray done = new AtomicLongArray(COUNT);
  private final AtomicLongArray unknown = new AtomicLongArray(COUNT);

  Counters(Cache<String, String> cache, Observation observation) {
    this.cache = cache;
    this.observation = observation;
  }

  /** Increments one of them. */
  void increment(int i) {
    End end =
        observation.call(
            () -> {
              if (!results.add(cache.invoke(key(i), this::incremented))) {
                repeated.incrementAndGet();
              }
            });
    if (end == End.ANSWERED) {
      done.incrementAndGet(i);
    } else if (end == End.UNKNOWN) {
      unknown.incrementAndGet(i);
    }
  }

  private String incremented(MutableEntry<String, String> entry, Object... unused) {
    @Nullable String before = entry.getValue();
    String life = UUID.randomUUID().toString();
    long count = 0;
    if (before != null) {
      String[] parts = before.split("\\|", 3);
      if (parts.length != 3 || !parts[0].equals(entry.getKey())) {
        observation.wrong(entry.getKey(), before);
        return before;
      }
      life = parts[1];
      count = Long.parseLong(parts[2]);
    }
    String after = entry.getKey() + '|' + life + '|' + (count + 1);
    entry.setValue(after);
    return after;
  }

  private static String key(int i) {
    return "counter-" + i;
  }

  /** Increments that were confirmed and then overwritten by another one. */
  long repeated() {
    return repeated.get();
  }

  /**
   * How much the counters are away from what they can be: at least the increments that were
   * answered, at most those and the ones whose outcome is unknown. Only where no counter was lost.
   */
  long astray() {
    return IntStream.range(0, COUNT).mapToLong(this::astray).sum();
  }

  private long astray(int i) {
    String text = cache.get(key(i));
    long count = text == null ? 0 : Long.parseLong(text.substring(text.lastIndexOf('|') + 1));
    long missing = done.get(i) - count;
    long tooMany = count - done.get(i) - unknown.get(i);
    return Math.max(0, Math.max(missing, tooMany));
  }
}
