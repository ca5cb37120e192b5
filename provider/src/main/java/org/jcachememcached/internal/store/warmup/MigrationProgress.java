package org.jcachememcached.internal.store.warmup;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import org.jcachememcached.api.MigrationStats;
import org.jcachememcached.internal.store.StoreException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts what one cache migrates. Logs the beginning and the end of an outage of the warm group
 * once each. Thread-safe.
 */
final class MigrationProgress implements MigrationStats {

  private static final Logger LOG = LoggerFactory.getLogger(MigrationProgress.class);

  private final @Nullable String warmGroup;

  private final LongAdder migratedEntries = new LongAdder();
  private final LongAdder warmFailures = new LongAdder();
  private final AtomicBoolean warmGroupIsDown = new AtomicBoolean();

  /**
   * @param warmGroup how messages name it; null for no messages
   */
  MigrationProgress(@Nullable String warmGroup) {
    this.warmGroup = warmGroup;
  }

  @Override
  public long migratedEntries() {
    return migratedEntries.sum();
  }

  @Override
  public long fallbackFailures() {
    return warmFailures.sum();
  }

  void recordMigration() {
    migratedEntries.increment();
  }

  void recordWarmReply() {
    if (warmGroup != null && warmGroupIsDown.get() && warmGroupIsDown.compareAndSet(true, false)) {
      LOG.info("{} answer again", warmGroup);
    }
  }

  void recordWarmFailure(StoreException cause) {
    warmFailures.increment();
    if (warmGroup != null && warmGroupIsDown.compareAndSet(false, true)) {
      LOG.warn(
          "{} do not answer: entries that only they hold are misses, and what changes meanwhile is"
              + " removed there once they are reachable again: {}",
          warmGroup,
          cause.getMessage());
    }
  }
}
