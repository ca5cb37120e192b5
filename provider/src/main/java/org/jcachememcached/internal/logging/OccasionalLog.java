package org.jcachememcached.internal.logging;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;

/** Logs the first of many like events, and from then on once a minute at most. Thread-safe. */
public final class OccasionalLog {

  private static final long PAUSE_MILLIS = Duration.ofMinutes(1).toMillis();

  private final InstantSource clock;
  private final AtomicLong unsaid = new AtomicLong();
  private final AtomicLong silentUntil = new AtomicLong(Long.MIN_VALUE);

  /**
   * Creates a log that has said nothing yet.
   *
   * @param clock tells when a minute has passed
   */
  public OccasionalLog(InstantSource clock) {
    this.clock = clock;
  }

  /**
   * Counts an event.
   *
   * @param logger gets the number of events since it was last called, when it is time to log
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
