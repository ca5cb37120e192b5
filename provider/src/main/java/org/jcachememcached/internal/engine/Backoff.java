package org.jcachememcached.internal.engine;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** How long to wait between two attempts at a contended entry. */
@FunctionalInterface
public interface Backoff {

  /**
   * Random waits that grow by a tenth of a millisecond an attempt up to five: contenders drift
   * apart, and nobody waits longer than a round trip or a short entry processor takes anyway.
   */
  Backoff JITTER =
      lost -> {
        long longest = TimeUnit.MICROSECONDS.toNanos(Math.min(100L * lost, 5_000));
        LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(longest));
      };

  /**
   * Waits before the next attempt.
   *
   * @param lost how many attempts were lost so far, at least 1
   */
  void pause(int lost);
}
