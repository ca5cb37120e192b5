package org.jcachememcached.internal.store.warmup;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import org.jcachememcached.internal.store.StoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How far the move of a cache between groups of servers has come, as this JVM sees it: {@code
 * cache.unwrap(MoveProgress.class)}. The beginning and the end of an outage of the old group are
 * logged once each. Thread-safe.
 */
public final class MigrationProgress {

  private static final Logger LOG = LoggerFactory.getLogger(MigrationProgress.class);

  private final LongAdder moved = new LongAdder();
  private final LongAdder oldGroupFailures = new LongAdder();
  private final AtomicBoolean oldGroupIsOut = new AtomicBoolean();

  MigrationProgress() {}

  /** How many entries were carried from the old group into the new one. */
  public long moved() {
    return moved.sum();
  }

  /** How many commands the old group did not answer; a lookup among them was taken for a miss. */
  public long oldGroupFailures() {
    return oldGroupFailures.sum();
  }

  void recordMove() {
    moved.increment();
  }

  void recordAnswerOfOldGroup() {
    if (oldGroupIsOut.get() && oldGroupIsOut.compareAndSet(true, false)) {
      LOG.info("The old servers (setting 'fallback.servers') answer again");
    }
  }

  void recordFailureOfOldGroup(StoreException cause) {
    oldGroupFailures.increment();
    if (oldGroupIsOut.compareAndSet(false, true)) {
      LOG.warn(
          "The old servers (setting 'fallback.servers') do not answer: what only they hold is a miss, and"
              + " what changes meanwhile is removed there as soon as they can be reached: {}",
          cause.getMessage());
    }
  }
}
