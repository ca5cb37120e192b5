package org.jcachememcached.internal.logging;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;

/** Logs the first of many similar events, and from then on at most once a minute. Thread-safe. */
public final class OccasionalLog {

  private static final long PAUSE_MILLIS = Duration.ofMinutes(1).toMillis();

  private final InstantSource clock;
  private final AtomicLong unsaid = new AtomicLong();
  private final AtomicLong silentUntil = new AtomicLong(Long.MIN_VALUE);

  /**
   * Creates a log that has logged nothing yet.
   *
   * @param clock measures the minute
   */
  public OccasionalLog(InstantSource clock) {
    this.clock = clock;
  }

  /**
   * Counts an event.
   *
   * @param logger receives the number of events since its last call, when it is time to log
   */
  public void log(LongConsumer logger) {
    long events = unsaid.incrementAndGet();
    long now = clock.millis();
    long until = silentUntil.get();
    if (now >= until && silentUntil.compareAndSet(until, now + PAUSE_MILLIS)) {
      unsaid.addAndGet(-events);
      logger.accept(events);
    }
  }
}
