package org.jcachememcached.engine;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;

/** Logs the first of many like events, and from then on once a minute at most. Thread-safe. */
final class OccasionalLog {

  private static final long PAUSE_MILLIS = Duration.ofMinutes(1).toMillis();

  private final InstantSource clock;
  private final AtomicLong unsaid = new AtomicLong();
  private final AtomicLong silentUntil = new AtomicLong(Long.MIN_VALUE);

  OccasionalLog(InstantSource clock) {
    this.clock = clock;
  }

  /**
   * Counts an event.
   *
   * @param logger is told how many there were since it was last told, when it is time to say so
   */
  void log(LongConsumer logger) {
    long events = unsaid.incrementAndGet();
    long now = clock.millis();
    long until = silentUntil.get();
    if (now >= until && silentUntil.compareAndSet(until, now + PAUSE_MILLIS)) {
      unsaid.addAndGet(-events);
      logger.accept(events);
    }
  }
}
