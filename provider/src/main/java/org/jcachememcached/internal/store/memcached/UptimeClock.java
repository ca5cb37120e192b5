package org.jcachememcached.internal.store.memcached;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * The clock by which servers are judged: it does not count the time during which this JVM stood
 * still, so nothing is overdue for that alone. Thread-safe.
 *
 * <p>Between two ticks at most one step passes on this clock, however much real time has passed. A
 * machine on which every tick is late makes the clock slow, but never stops it: as many ticks as
 * there are steps in a timeout end it.
 */
final class UptimeClock {

  /**
   * The last tick.
   *
   * @param nanoTime when it was, on the clock of the JVM
   * @param uptime the same on this clock
   */
  private record Tick(long nanoTime, long uptime) {}

  private final LongSupplier nanoTime;
  private final long longestStep;
  private volatile Tick last;

  /**
   * @param nanoTime the clock of the JVM, {@link System#nanoTime()}
   * @param longestStep what a time between two ticks counts at most
   */
  UptimeClock(LongSupplier nanoTime, Duration longestStep) {
    this.nanoTime = nanoTime;
    this.longestStep = longestStep.toNanos();
    long now = nanoTime.getAsLong();
    this.last = new Tick(now, now);
  }

  /** The time now in nanoseconds; only differences of such times mean something. */
  long now() {
    return at(last, nanoTime.getAsLong());
  }

  private long at(Tick tick, long time) {
    return tick.uptime + Math.min(time - tick.nanoTime, longestStep);
  }

  /** Lets the time go on; to be called at intervals shorter than a step, by one thread. */
  void tick() {
    long time = nanoTime.getAsLong();
    last = new Tick(time, at(last, time));
  }
}
