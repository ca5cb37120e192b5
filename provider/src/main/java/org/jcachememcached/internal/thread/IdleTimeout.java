package org.jcachememcached.internal.thread;

import java.time.Duration;

/** How long something may go on without a sign of life. Thread-safe. */
public final class IdleTimeout {

  private final Duration limit;
  private volatile long lastSign = System.nanoTime();

  /**
   * Creates a timeout that begins now.
   *
   * @param limit the longest time between two signs of life
   */
  public IdleTimeout(Duration limit) {
    this.limit = limit;
  }

  /** The longest time between two signs of life. */
  public Duration limit() {
    return limit;
  }

  /** There is a sign of life. */
  public void renew() {
    lastSign = System.nanoTime();
  }

  /** What is left of the limit, in nanoseconds; not positive when it is exhausted. */
  public long nanosLeft() {
    return limit.toNanos() - (System.nanoTime() - lastSign);
  }
}
