package org.jcachememcached.internal.store.warmup;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import org.jcachememcached.api.MigrationStats;
import org.jcachememcached.internal.store.StoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts what one cache migrates. Logs the beginning and the end of an outage of the warm group
 * once each. Thread-safe.
 */
final class MigrationProgress implements MigrationStats {

  private static final Logger LOG = LoggerFactory.getLogger(MigrationProgress.class);

  private final LongAdder migratedEntries = new LongAdder();
  private final LongAdder warmFailures = new LongAdder();
  private final AtomicBoolean warmGroupIsDown = new AtomicBoolean();

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
    if (warmGroupIsDown.get() && warmGroupIsDown.compareAndSet(true, false)) {
      LOG.info("The old servers (setting 'fallback.servers') answer again");
    }
  }

  void recordWarmFailure(StoreException cause) {
    warmFailures.increment();
    if (warmGroupIsDown.compareAndSet(false, true)) {
      LOG.warn(
          "The old servers (setting 'fallback.servers') do not answer: entries that only they hold"
              + " are misses, and what changes meanwhile is removed there once they are reachable"
              + " again: {}",
          cause.getMessage());
    }
  }
}
