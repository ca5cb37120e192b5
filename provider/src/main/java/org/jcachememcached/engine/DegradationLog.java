package org.jcachememcached.engine;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says that a cache goes on without its store, or without an entry that it cannot read: at most
 * once a minute, with the reason of that moment, for it may happen thousands of times a second.
 * Thread-safe.
 */
public final class DegradationLog {

  private static final Logger LOG = LoggerFactory.getLogger(DegradationLog.class);
  private static final long PAUSE_MILLIS = Duration.ofMinutes(1).toMillis();

  private final String cacheName;
  private final InstantSource clock;
  private final AtomicLong unsaid = new AtomicLong();
  private final AtomicLong silentUntil = new AtomicLong(Long.MIN_VALUE);

  public DegradationLog(String cacheName, InstantSource clock) {
    this.cacheName = cacheName;
    this.clock = clock;
  }

  void add(RuntimeException cause) {
    long calls = unsaid.incrementAndGet();
    long now = clock.millis();
    long until = silentUntil.get();
    if (now >= until && silentUntil.compareAndSet(until, now + PAUSE_MILLIS)) {
      unsaid.addAndGet(-calls);
      LOG.warn(
          "Cache '{}' goes on without its store (setting 'on.failure'), {} calls so far: {}",
          cacheName,
          calls,
          cause.getMessage());
    }
  }
}
