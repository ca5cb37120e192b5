package org.jcachememcached.internal.management;

import java.util.concurrent.atomic.LongAdder;

/**
 * Counts problems of a cache that are not necessarily exceptions. Counted even while statistics are
 * disabled, because they are usually enabled only afterwards. Thread-safe.
 */
public final class FailureCounters {

  private final LongAdder degraded = new LongAdder();
  private final LongAdder undecodable = new LongAdder();
  private final LongAdder tooLarge = new LongAdder();
  private final LongAdder failedRefreshes = new LongAdder();

  /** An operation continued without the store. */
  public void countDegraded() {
    degraded.increment();
  }

  /** An operation continued without an entry that cannot be decoded. */
  public void countUndecodable() {
    undecodable.increment();
  }

  /** A value was too large for the servers. */
  public void countTooLarge() {
    tooLarge.increment();
  }

  /** Entries could not be loaded anew in the background. */
  public void countFailedRefresh() {
    failedRefreshes.increment();
  }

  long failedRefreshes() {
    return failedRefreshes.sum();
  }

  long degraded() {
    return degraded.sum();
  }

  long undecodable() {
    return undecodable.sum();
  }

  long tooLarge() {
    return tooLarge.sum();
  }

  void reset() {
    degraded.reset();
    undecodable.reset();
    tooLarge.reset();
    failedRefreshes.reset();
  }
}
