package org.jcachememcached.internal.logging;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;

/** Logs the first of many similar events, and later ones at most once a minute. Thread-safe. */
public final class OccasionalLog {

  private static final long PAUSE_MILLIS = Duration.ofMinutes(1).toMillis();

  private final InstantSource clock;
  private final AtomicLong unlogged = new AtomicLong();
  private final AtomicLong silentUntil = new AtomicLong(Long.MIN_VALUE);

  /**
   * Creates a log.
   *
   * @param clock measures the minute
   */
  public OccasionalLog(InstantSource clock) {
    this.clock = clock;
  }

  /**
   * Counts an event, and logs if a minute has passed.
   *
   * @param logger receives the number of events since the last message
   */
  public void log(LongConsumer logger) {
    long events = unlogged.incrementAndGet();
    long now = clock.millis();
    long until = silentUntil.get();
    if (now >= until && silentUntil.compareAndSet(until, now + PAUSE_MILLIS)) {
      unlogged.addAndGet(-events);
      logger.accept(events);
    }
  }
}
