package org.jcachememcached.internal.thread;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * The clock that timeouts are measured with: it does not count the time during which this JVM was
 * stopped, so nothing is overdue for that alone. Thread-safe.
 *
 * <p>Between two ticks at most one step passes on this clock, however much real time has passed. A
 * machine on which every tick is late makes the clock slow, but never stops it: a timeout ends
 * after as many ticks as it has steps at the latest.
 */
public final class UptimeClock {

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
   * Creates a clock that starts now.
   *
   * @param nanoTime the clock of the JVM, {@link System#nanoTime()}
   * @param longestStep the longest time that counts between two ticks
   */
  public UptimeClock(LongSupplier nanoTime, Duration longestStep) {
    this.nanoTime = nanoTime;
    this.longestStep = longestStep.toNanos();
    long now = nanoTime.getAsLong();
    this.last = new Tick(now, now);
  }

  /** The time now in nanoseconds; only differences of such times have a meaning. */
  public long now() {
    return at(last, nanoTime.getAsLong());
  }

  private long at(Tick tick, long time) {
    return tick.uptime + Math.min(time - tick.nanoTime, longestStep);
  }

  /** Advances the clock; to be called at intervals shorter than a step, by one thread. */
  public void tick() {
    long time = nanoTime.getAsLong();
    last = new Tick(time, at(last, time));
  }
}
