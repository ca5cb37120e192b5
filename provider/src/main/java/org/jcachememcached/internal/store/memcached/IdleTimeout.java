package org.jcachememcached.internal.store.memcached;

import java.time.Duration;

/** How long something may go on without a sign of life. Thread-safe. */
final class IdleTimeout {

  private final Duration limit;
  private volatile long lastSign = System.nanoTime();

  /**
   * @param limit the longest time between two signs of life
   */
  IdleTimeout(Duration limit) {
    this.limit = limit;
  }

  Duration limit() {
    return limit;
  }

  /** There is a sign of life. */
  void renew() {
    lastSign = System.nanoTime();
  }

  /** What is left of the limit, in nanoseconds; not positive when it is exhausted. */
  long nanosLeft() {
    return limit.toNanos() - (System.nanoTime() - lastSign);
  }
}
