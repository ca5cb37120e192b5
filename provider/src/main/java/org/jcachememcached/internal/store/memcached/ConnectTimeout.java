package org.jcachememcached.internal.store.memcached;

import java.time.Duration;
import org.jcachememcached.internal.thread.UptimeClock;

/**
 * How long an attempt to connect may take: the first a part of the operation timeout, every further
 * one twice as long. A new attempt is faster than waiting for a lost packet, which the kernel would
 * repeat only after a second. Thread-safe; {@link #extend} and {@link #reset} are for one thread at
 * a time.
 */
final class ConnectTimeout {

  /** The first attempt gets this part of the operation timeout. */
  private static final int FIRST = 5;

  private final UptimeClock uptime;
  private final Duration first;
  private final Duration longest;
  private volatile Duration present;
  private volatile long lastProgress;

  ConnectTimeout(Duration operationTimeout, UptimeClock uptime) {
    this.uptime = uptime;
    this.first = operationTimeout.dividedBy(FIRST);
    this.longest = longer(operationTimeout, RetrySchedule.SHORTEST_PAUSE);
    this.present = first;
    this.lastProgress = uptime.now();
  }

  private static Duration longer(Duration a, Duration b) {
    return a.compareTo(b) > 0 ? a : b;
  }

  /** The present attempt makes progress, or a new one begins. */
  void progress() {
    lastProgress = uptime.now();
  }

  /** The present attempt does something that ends by itself within that time. */
  void progressWithin(Duration limit) {
    lastProgress = uptime.now() + limit.toNanos();
  }

  /** How long there has been no progress, in nanoseconds. */
  long sinceProgress() {
    return uptime.now() - lastProgress;
  }

  /** Whether the present attempt has made no progress for too long. */
  boolean isStalled() {
    return sinceProgress() >= present.toNanos();
  }

  /** Gives the next attempt twice the time of the present one. */
  void extend() {
    Duration next = present.multipliedBy(2);
    present = next.compareTo(longest) < 0 ? next : longest;
  }

  /** Gives the next attempt the time of a first one. */
  void reset() {
    present = first;
  }

  /**
   * The longest attempt in nanoseconds, with the pause before it: the node may wait before it
   * connects, and its time begins only then.
   */
  long longestWait() {
    return RetrySchedule.SHORTEST_PAUSE.plus(longest).toNanos();
  }
}
