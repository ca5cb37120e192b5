package org.jcachememcached.guice;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How often annotated methods had to go on without their caches, since the injector was created. To
 * be injected where the application is monitored. Thread-safe.
 *
 * @see OnCacheFailure#RUN_METHOD
 */
public final class CacheFailures {

  private static final Logger logger = LoggerFactory.getLogger(CacheFailures.class);
  private static final Duration LOG_INTERVAL = Duration.ofMinutes(1);

  private final Map<String, OfOneCache> byCache = new ConcurrentHashMap<>();
  private final InstantSource clock;

  CacheFailures(InstantSource clock) {
    this.clock = clock;
  }

  /** The failures of all caches. */
  public long total() {
    return byCache.values().stream().mapToLong(OfOneCache::count).sum();
  }

  /** The failures of one cache. */
  public long of(String cacheName) {
    OfOneCache failures = byCache.get(cacheName);
    return failures == null ? 0 : failures.count();
  }

  void add(String cacheName, RuntimeException failure) {
    OfOneCache failures = byCache.computeIfAbsent(cacheName, name -> new OfOneCache());
    failures.count.increment();
    if (failures.isTimeToLog(clock.instant())) {
      logger.warn(
          "Cache '{}' fails (failures so far: {}); the annotated methods go on without it",
          cacheName,
          failures.count(),
          failure);
    }
  }

  private static final class OfOneCache {

    private final LongAdder count = new LongAdder();
    private final AtomicReference<Instant> nextLog = new AtomicReference<>(Instant.MIN);

    private long count() {
      return count.sum();
    }

    private boolean isTimeToLog(Instant now) {
      Instant next = nextLog.get();
      return !now.isBefore(next) && nextLog.compareAndSet(next, now.plus(LOG_INTERVAL));
    }
  }
}
