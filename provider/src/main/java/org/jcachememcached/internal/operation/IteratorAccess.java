package org.jcachememcached.internal.operation;

import org.jcachememcached.internal.engine.Outcome;
import org.jcachememcached.internal.engine.Snapshot;
import org.jspecify.annotations.Nullable;

/**
 * The {@code next} of an iterator: a counted access to an entry that the iterator has read. An
 * entry that has expired since is returned, because {@code hasNext} has promised it, but its
 * deadline is not extended. For one call; not thread-safe.
 */
public final class IteratorAccess<K, V> extends EntryOperation<K, V, V> {

  public IteratorAccess(OperationContext<K, V> context, K key) {
    super(context, key);
  }

  @Override
  public boolean needsKeyLock(@Nullable Snapshot<V> entry) {
    return false;
  }

  @Override
  public Outcome<K, V, V> apply(Snapshot<V> entry, long now) {
    V value = entry.value();
    return entry.isExpiredAt(now)
        ? Outcome.<K, V, V>of(value).hit()
        : access(entry, now, value).hit();
  }
}
