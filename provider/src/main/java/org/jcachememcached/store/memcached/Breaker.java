package org.jcachememcached.store.memcached;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Judges from what a server sends, and what it does not, whether it is worth asking. Thread-safe.
 *
 * <p>A server that was silent for the whole life of an operation that expired hangs. One that sends
 * something, but nothing in time, is given up after a few operations.
 */
final class Breaker {

  private static final int MAX_EXPIRED_IN_A_ROW = 8;

  private final AtomicInteger expiredInARow = new AtomicInteger();
  private final Uptime uptime;
  private volatile long lastHeard;

  /**
   * @param uptime the clock that operations are judged by
   */
  Breaker(Uptime uptime) {
    this.uptime = uptime;
    this.lastHeard = uptime.now();
  }

  /** The server has sent something. */
  void heard() {
    lastHeard = uptime.now();
  }

  /** The server has answered an operation that somebody still waited for. */
  void answeredInTime() {
    if (expiredInARow.get() != 0) {
      expiredInARow.set(0);
    }
  }

  /**
   * An operation got no answer in time.
   *
   * @param begun when the operation was begun, as of the {@link Uptime}
   * @return whether the server is to be given up
   */
  boolean expired(long begun) {
    boolean tooSlow = expiredInARow.incrementAndGet() >= MAX_EXPIRED_IN_A_ROW;
    return tooSlow || lastHeard - begun <= 0;
  }

  /** Begins anew, for the next connection. */
  void reset() {
    expiredInARow.set(0);
  }
}
