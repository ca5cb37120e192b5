package org.jcachememcached.micrometer;

import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import javax.cache.Cache;
import org.jcachememcached.api.CallObserver;
import org.jspecify.annotations.Nullable;

/**
 * Times the calls of the caches of one manager for one registry. The timer of an operation is
 * registered when its first call ends. Refers to no cache. Thread-safe.
 */
final class CallTimers implements CallObserver {

  static final String NAME = "memcached.cache.calls";

  /** The bounds of the buckets that quantiles are computed from: about three for each decade. */
  private static final Duration[] BOUNDS =
      LongStream.of(
              100, 250, 500, 1_000, 2_500, 5_000, 10_000, 25_000, 50_000, 100_000, 250_000, 500_000,
              1_000_000, 2_500_000)
          .mapToObj(micros -> Duration.ofNanos(TimeUnit.MICROSECONDS.toNanos(micros)))
          .toArray(Duration[]::new);

  private final MeterRegistry registry;
  private final Tags tags;
  private final double[] percentiles;
  private final Clock clock;
  private final Map<String, TimersOfCache> caches = new ConcurrentHashMap<>();

  /**
   * @param tags of all timers
   * @param percentiles what each timer computes in this JVM; may be empty
   */
  CallTimers(MeterRegistry registry, Tags tags, double[] percentiles) {
    this.registry = registry;
    this.tags = tags;
    this.percentiles = percentiles.clone();
    this.clock = registry.config().clock();
  }

  @Override
  public Call begin(Cache<?, ?> cache, String operation) {
    TimersOfCache timers = caches.computeIfAbsent(cache.getName(), TimersOfCache::new);
    long start = clock.monotonicTime();
    return failure -> timers.record(operation, failure, clock.monotonicTime() - start);
  }

  /** Removes the timers of all other caches. */
  void retain(Set<String> open) {
    caches
        .entrySet()
        .removeIf(
            entry -> {
              boolean isGone = !open.contains(entry.getKey());
              if (isGone) {
                entry.getValue().remove();
              }
              return isGone;
            });
  }

  /** The timers of one cache. Thread-safe. */
  private final class TimersOfCache {

    private final String cache;
    private final Map<String, Timer> successes = new ConcurrentHashMap<>();
    private final Map<String, Timer> errors = new ConcurrentHashMap<>();
    private boolean removed;

    TimersOfCache(String cache) {
      this.cache = cache;
    }

    void record(String operation, @Nullable Throwable failure, long nanos) {
      Map<String, Timer> timers = failure == null ? successes : errors;
      Timer timer = timers.get(operation);
      if (timer == null) {
        timer = register(operation, failure == null ? "success" : "error", timers);
      }
      if (timer != null) {
        timer.record(nanos, TimeUnit.NANOSECONDS);
      }
    }

    /** Null for a call that has ended after its cache was closed. */
    private synchronized @Nullable Timer register(
        String operation, String outcome, Map<String, Timer> timers) {
      if (removed) {
        return null;
      }
      Timer timer =
          Timer.builder(NAME)
              .tags(tags.and("cache", cache, "operation", operation, "outcome", outcome))
              .description("Calls of the application")
              .serviceLevelObjectives(BOUNDS)
              .publishPercentiles(percentiles)
              .register(registry);
      timers.put(operation, timer);
      return timer;
    }

    synchronized void remove() {
      removed = true;
      successes.values().forEach(registry::remove);
      errors.values().forEach(registry::remove);
    }
  }
}
