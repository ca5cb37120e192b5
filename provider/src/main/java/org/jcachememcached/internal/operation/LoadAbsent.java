package org.jcachememcached.internal.operation;

import org.jcachememcached.internal.engine.Outcome;
import org.jcachememcached.internal.engine.Snapshot;
import org.jcachememcached.internal.integration.BulkLoad;
import org.jspecify.annotations.Nullable;

/**
 * Loads a value for an entry that was absent, together with those of other keys; a value that was
 * put meanwhile stays. The result is what the cache has then. For one call; not thread-safe.
 */
public final class LoadAbsent<K, V> extends EntryOperation<K, V, @Nullable V> {

  private final BulkLoad<K, V> load;
  private final boolean bestEffort;

  private LoadAbsent(
      OperationContext<K, V> context, K key, BulkLoad<K, V> load, boolean bestEffort) {
    super(context, key);
    this.load = load;
    this.bestEffort = bestEffort;
  }

  /** For {@code loadAll}, whose purpose is to store. */
  public static <K, V> LoadAbsent<K, V> forLoadAll(
      OperationContext<K, V> context, K key, BulkLoad<K, V> load) {
    return new LoadAbsent<>(context, key, load, false);
  }

  /** For a read, whose caller gets the value whether or not it can be stored. */
  public static <K, V> LoadAbsent<K, V> forRead(
      OperationContext<K, V> context, K key, BulkLoad<K, V> load) {
    return new LoadAbsent<>(context, key, load, true);
  }

  @Override
  public boolean isBestEffort() {
    return bestEffort;
  }

  @Override
  public boolean needsKeyLock(@Nullable Snapshot<V> entry) {
    return false;
  }

  @Override
  public boolean hasLoaded() {
    return load.isDone(key());
  }

  @Override
  public boolean needsLease(Snapshot<V> entry) {
    return isToBeFilled(entry);
  }

  @Override
  public void announce(Snapshot<V> entry) {
    if (!entry.isReadable()) {
      load.announce(key());
    }
  }

  @Override
  public Outcome<K, V, @Nullable V> apply(Snapshot<V> entry, long now) {
    if (entry.isLive()) {
      return Outcome.of(entry.value());
    }
    V loaded = load.get(key());
    return loaded == null ? missing(entry, null) : createLoaded(entry, loaded, now, loaded);
  }

  @Override
  public Outcome<K, V, @Nullable V> withoutStore() {
    return Outcome.of(load.get(key()));
  }

  @Override
  public long loadNanos() {
    return load.nanos(key());
  }
}
