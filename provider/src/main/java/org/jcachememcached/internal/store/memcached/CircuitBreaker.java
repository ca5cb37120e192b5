package org.jcachememcached.internal.store.memcached;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Decides what is given up, from what a server sends on its connections. Thread-safe.
 *
 * <p>A connection that was silent for the whole time of an operation that expired is unusable. If
 * all others were silent as well, so is the server; where there are no others, reopening the
 * connection shows it. A server that sends something, but no answers in time, is given up after a
 * few operations.
 */
final class CircuitBreaker {

  /** What is to be given up. */
  enum Verdict {
    NOTHING,
    CONNECTION,
    SERVER
  }

  private static final int MAX_EXPIRED_IN_A_ROW = 8;

  private final AtomicInteger expiredInARow = new AtomicInteger();

  /** The server has answered an operation in time. */
  void answeredInTime() {
    if (expiredInARow.get() != 0) {
      expiredInARow.set(0);
    }
  }

  /** An operation expired, though the server has sent something on its connection. */
  Verdict tooSlow() {
    return expiredInARow.incrementAndGet() >= MAX_EXPIRED_IN_A_ROW
        ? Verdict.SERVER
        : Verdict.NOTHING;
  }

  /**
   * A connection was silent for longer than an operation may take.
   *
   * @param othersHeard whether the server has sent something on another connection meanwhile
   * @param alone whether no other was asked
   */
  Verdict silent(boolean othersHeard, boolean alone) {
    return othersHeard || alone ? Verdict.CONNECTION : Verdict.SERVER;
  }

  /** Starts again, for the next connections. */
  void reset() {
    expiredInARow.set(0);
  }
}
