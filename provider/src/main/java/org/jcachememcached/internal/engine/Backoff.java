package org.jcachememcached.internal.engine;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jcachememcached.internal.thread.Pauses;

/** The pause between two attempts at a contended entry. Implementations are thread-safe. */
@FunctionalInterface
public interface Backoff {

  /**
   * Random pauses that grow by up to a tenth of a millisecond per attempt, to five at most:
   * contenders drift apart, and no pause is longer than a round trip or a short entry processor
   * takes.
   */
  Backoff JITTER =
      lost ->
          ThreadLocalRandom.current()
              .nextLong(TimeUnit.MICROSECONDS.toNanos(Math.min(100L * lost, 5_000)));

  /**
   * How long to wait before the next attempt, in nanoseconds.
   *
   * @param lost how many attempts were lost so far, at least 1
   */
  long nanos(int lost);

  /** Waits before the next attempt. */
  default void pause(int lost) {
    Pauses.pause(nanos(lost));
  }
}
