package org.jcachememcached.internal.operation;

import java.util.Map;
import org.jcachememcached.internal.engine.Outcome;
import org.jcachememcached.internal.engine.Snapshot;
import org.jcachememcached.internal.integration.LoadOnce;
import org.jspecify.annotations.Nullable;

/**
 * One key of {@code loadAll} with {@code replaceExistingValues}: the load begins after the entry
 * was read and the store is conditional on it, so a value that is put while the loader runs is
 * newer than the loaded one and stays. For one call; not thread-safe.
 */
public final class Refresh<K, V> extends EntryOperation<K, V, @Nullable Void> {

  private final LoadOnce<Map<K, V>> load;

  public Refresh(OperationContext<K, V> context, K key, LoadOnce<Map<K, V>> load) {
    super(context, key);
    this.load = load;
  }

  @Override
  public boolean needsKeyLock(@Nullable Snapshot<V> entry) {
    return false;
  }

  @Override
  public boolean hasLoaded() {
    return load.isDone();
  }

  @Override
  public boolean needsLease(Snapshot<V> entry) {
    return isToBeFilled(entry);
  }

  @Override
  public Outcome<K, V, @Nullable Void> apply(Snapshot<V> entry, long now) {
    V value = load.get().get(key());
    if (value == null) {
      return Outcome.of(null);
    }
    // An item that cannot be decoded may be overwritten, regardless of the failure policy.
    return entry.isReadable()
        ? updateLoaded(entry, value, now, null)
        : createLoaded(entry, value, now, null);
  }

  @Override
  public Outcome<K, V, @Nullable Void> withoutStore() {
    return Outcome.of(null);
  }

  @Override
  public boolean outdatesEntry() {
    return true;
  }
}
