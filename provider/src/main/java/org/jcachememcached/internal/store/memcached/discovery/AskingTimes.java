package org.jcachememcached.internal.store.memcached.discovery;

import java.time.Duration;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;

/**
 * When a source is asked: at intervals that vary a little, so that the JVMs of a fleet do not ask
 * at the same moment; sooner after a failure, and on request. Thread-safe.
 */
final class AskingTimes {

  /** The shortest time between two questions, and the first one between attempts. */
  private static final long SHORTEST = Duration.ofSeconds(1).toNanos();

  private static final double JITTER = 0.1;

  private final LongSupplier nanoTime;
  private final DoubleSupplier random;
  private final long interval;
  private final long shortest;
  private long last;
  private long due;
  private long pause;
  private boolean requested;

  /**
   * The first question is due now.
   *
   * @param interval how long after an answer the next question is due
   * @param nanoTime the clock, {@link System#nanoTime()}
   * @param random gives numbers from 0 to 1
   */
  AskingTimes(Duration interval, LongSupplier nanoTime, DoubleSupplier random) {
    this.nanoTime = nanoTime;
    this.random = random;
    this.interval = interval.toNanos();
    this.shortest = Math.min(this.interval, SHORTEST);
    this.pause = shortest;
    this.due = nanoTime.getAsLong();
    this.last = due - shortest;
  }

  /** How long it is until the next question, in nanoseconds; not positive if it is due. */
  synchronized long nanosLeft() {
    long next = requested && last + shortest - due < 0 ? last + shortest : due;
    return next - nanoTime.getAsLong();
  }

  /** A question is put now. */
  synchronized void asked() {
    last = nanoTime.getAsLong();
    due = last + varied(interval);
    requested = false;
  }

  /** The source has answered. */
  synchronized void answered() {
    pause = shortest;
  }

  /** The source has not answered: it is asked again after a second, then after two, and so on. */
  synchronized void failed() {
    long retry = nanoTime.getAsLong() + varied(pause);
    due = retry - due < 0 ? retry : due;
    pause = Math.min(2 * pause, interval);
  }

  /** The servers may have changed: the next question is due as soon as possible. */
  synchronized void request() {
    requested = true;
  }

  private long varied(long nanos) {
    return (long) (nanos * (1 - JITTER + 2 * JITTER * random.getAsDouble()));
  }
}
