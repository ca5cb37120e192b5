package org.jcachememcached.internal.store.memcached;

import java.time.Duration;

/**
 * When to open another connection to a server that has refused or lost one. Thread-safe.
 *
 * <p>About once a second, except where the server has refused for a reason that lasts until it is
 * reconfigured: then the pause is doubled each time, up to half a minute. The refused connection
 * stays open meanwhile, because its end shows that the server was restarted.
 */
final class RetrySchedule {

  /** The pause after a connection was lost, or refused for the first time. */
  static final Duration SHORTEST_PAUSE = Duration.ofSeconds(1);

  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

  private Duration nextPause = SHORTEST_PAUSE;
  private Duration pause = SHORTEST_PAUSE;
  private long refusedAt;
  private boolean refused;

  /** The server has refused the present connection, for a reason that may pass. */
  synchronized void refusedForNow(long nanoTime) {
    nextPause = SHORTEST_PAUSE;
    refuse(nanoTime);
  }

  /** The server has refused the present connection, until it is reconfigured. */
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

  /** The server has accepted the present connection. */
  synchronized void accepted() {
    refused = false;
    nextPause = SHORTEST_PAUSE;
  }

  /** Whether the present connection was refused. */
  synchronized boolean isRefused() {
    return refused;
  }

  /** Whether it is time to replace the present connection, which was refused, by another one. */
  synchronized boolean isDue(long nanoTime) {
    return refused && nanoTime - refusedAt >= pause.toNanos();
  }

  /** The present connection is closed; returns the pause before the next one. */
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
    // The pause is not shorter for a server that closes the connections that it refuses.
    boolean closedAtOnce = since.compareTo(SHORTEST_PAUSE) < 0;
    Duration left = pause.minus(since);
    return closedAtOnce || left.compareTo(SHORTEST_PAUSE) < 0 ? left : SHORTEST_PAUSE;
  }
}
