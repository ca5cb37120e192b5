package org.jcachememcached.internal.store.memcached;

import java.time.Duration;

/**
 * When a server is asked for another connection that has refused or lost one. Thread-safe.
 *
 * <p>About once a second, but for a server that has refused for a reason that only a person can
 * mend: it is left alone for twice as long each time, up to half a minute. The refused connection
 * stays open meanwhile, because its end tells that the server was restarted.
 */
final class RetrySchedule {

  /** So long a server is left alone that has refused or lost a connection. */
  static final Duration SHORTEST_PAUSE = Duration.ofSeconds(1);

  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

  private Duration nextPause = SHORTEST_PAUSE;
  private Duration pause = SHORTEST_PAUSE;
  private long refusedAt;
  private boolean refused;

  /** The server has refused the present connection, for a reason that time may mend. */
  synchronized void refusedForNow(long nanoTime) {
    nextPause = SHORTEST_PAUSE;
    refuse(nanoTime);
  }

  /** The server has refused the present connection, for a reason that only a person can mend. */
  synchronized void refused(long nanoTime) {
    refuse(nanoTime);
    Duration longer = pause.multipliedBy(2);
    nextPause = longer.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : longer;
  }

  private void refuse(long nanoTime) {
    refused = true;
    refusedAt = nanoTime;
    pause = nextPause;
  }

  /** The server has taken the present connection. */
  synchronized void accepted() {
    refused = false;
    nextPause = SHORTEST_PAUSE;
  }

  /** Whether the present connection was refused. */
  synchronized boolean isRefused() {
    return refused;
  }

  /** Whether it is time to give up the present connection, which was refused, for another one. */
  synchronized boolean isDue(long nanoTime) {
    return refused && nanoTime - refusedAt >= pause.toNanos();
  }

  /** The present connection is closed: how long the server is left alone. */
  synchronized Duration pauseAfterEnd(long nanoTime) {
    if (!refused) {
      nextPause = SHORTEST_PAUSE;
      return SHORTEST_PAUSE;
    }
    refused = false;
    Duration since = Duration.ofNanos(nanoTime - refusedAt);
    if (since.compareTo(pause) >= 0) {
      return Duration.ZERO;
    }
    // A server that closes what it refuses is left alone as long as any other.
    boolean closedAtOnce = since.compareTo(SHORTEST_PAUSE) < 0;
    Duration left = pause.minus(since);
    return closedAtOnce || left.compareTo(SHORTEST_PAUSE) < 0 ? left : SHORTEST_PAUSE;
  }
}
