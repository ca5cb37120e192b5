package org.jcachememcached.faults;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import javax.cache.CacheException;
import org.jcachememcached.internal.store.StoreException;
import org.jspecify.annotations.Nullable;

/** What the callers of a cache have seen. Thread-safe. */
final class Observation {

  private final LongAdder answers = new LongAdder();
  private final LongAdder misses = new LongAdder();
  private final LongAdder wrong = new LongAdder();
  private final LongAdder stale = new LongAdder();
  private final Map<String, LongAdder> exceptions = new ConcurrentHashMap<>();
  private final Map<String, LongAdder> brokenPromises = new ConcurrentHashMap<>();
  private final LongAccumulator longestNanos = new LongAccumulator(Math::max, 0);
  private final Map<String, String> examples = new ConcurrentHashMap<>();

  /** How a call ended. */
  enum End {
    ANSWERED,
    FAILED,
    /** Failed, but may have taken effect. */
    UNKNOWN
  }

  /** Makes a call that may end with an exception. */
  End call(Runnable call) {
    return timed(
        () -> {
          try {
            call.run();
            answers.increment();
            return End.ANSWERED;
          } catch (CacheException e) {
            count(exceptions, e);
            return mayHaveTakenEffect(e) ? End.UNKNOWN : End.FAILED;
          }
        });
  }

  /** Makes a call that must not end with an exception, because the cache degrades. */
  void degradingCall(String name, Runnable call) {
    call(
        () -> {
          try {
            call.run();
          } catch (RuntimeException e) {
            count(brokenPromises, e);
            examples.putIfAbsent(name + " threw", e.toString());
            throw e;
          }
        });
  }

  private End timed(Supplier<End> call) {
    long start = System.nanoTime();
    try {
      return call.get();
    } finally {
      longestNanos.accumulate(System.nanoTime() - start);
    }
  }

  private static void count(Map<String, LongAdder> counts, RuntimeException e) {
    counts.computeIfAbsent(name(e), unused -> new LongAdder()).increment();
  }

  private static String name(RuntimeException e) {
    String reason = e.getCause() instanceof StoreException cause ? ": " + cause.reason() : "";
    return e.getClass().getSimpleName() + reason;
  }

  private static boolean mayHaveTakenEffect(CacheException e) {
    return e.getCause() instanceof StoreException cause && cause.isOutcomeUnknown();
  }

  /**
   * A read of a key has returned this.
   *
   * @param oldestAllowed the oldest version that it may be
   */
  void judge(OwnedKey key, long oldestAllowed, @Nullable String text) {
    if (text == null) {
      miss();
      return;
    }
    Versioned found = Versioned.of(key.name(), text);
    if (found == null) {
      wrong(key.name(), text);
    } else if (found.version() < oldestAllowed) {
      stale(key.name(), found.version(), oldestAllowed);
    }
  }

  void miss() {
    misses.increment();
  }

  /** A value that was never stored below its key. */
  void wrong(String key, String found) {
    wrong.increment();
    examples.putIfAbsent("wrong", key + " had the value " + abbreviated(found));
  }

  /** A value that was outdated before it was asked for. */
  private void stale(String key, long found, long oldestAllowed) {
    stale.increment();
    examples.putIfAbsent(
        "stale",
        "%s had version %d, though %d was reached before".formatted(key, found, oldestAllowed));
  }

  private static String abbreviated(String text) {
    return text.length() > 100 ? text.substring(0, 100) + "..." : text;
  }

  long answers() {
    return answers.sum();
  }

  long misses() {
    return misses.sum();
  }

  long wrong() {
    return wrong.sum();
  }

  long stale() {
    return stale.sum();
  }

  long longestNanos() {
    return longestNanos.get();
  }

  /** Exceptions by class and reason. */
  Map<String, Long> exceptions() {
    return sums(exceptions);
  }

  /** Exceptions of calls that should have degraded. */
  Map<String, Long> brokenPromises() {
    return sums(brokenPromises);
  }

  private static Map<String, Long> sums(Map<String, LongAdder> counts) {
    Map<String, Long> sums = new TreeMap<>();
    counts.forEach((name, count) -> sums.put(name, count.sum()));
    return sums;
  }

  /** One example of each thing that went wrong. */
  Map<String, String> examples() {
    return Map.copyOf(examples);
  }
}
