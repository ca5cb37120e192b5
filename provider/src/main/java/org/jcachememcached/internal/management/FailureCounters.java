package org.jcachememcached.internal.management;

import java.util.concurrent.atomic.LongAdder;

/**
 * What went wrong with a cache although it may not have failed: counted whether or not statistics
 * are enabled, because nobody enables them before it happens. Thread-safe.
 */
public final class FailureCounters {

  private final LongAdder degraded = new LongAdder();
  private final LongAdder undecodable = new LongAdder();
  private final LongAdder tooLarge = new LongAdder();

  /** An operation went on without the store. */
  public void countDegraded() {
    degraded.increment();
  }

  /** An operation went on without an entry that cannot be decoded. */
  public void countUndecodable() {
    undecodable.increment();
  }

  /** A value is larger than the servers take. */
  public void countTooLarge() {
    tooLarge.increment();
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
  }
}
