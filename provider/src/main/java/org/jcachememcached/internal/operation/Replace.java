package org.jcachememcached.internal.operation;

import org.jcachememcached.internal.engine.Outcome;
import org.jcachememcached.internal.engine.Snapshot;

/** {@code replace(key, value)}. For one call; not thread-safe. */
public final class Replace<K, V> extends EntryOperation<K, V, Boolean> {

  private final V value;

  public Replace(OperationContext<K, V> context, K key, V value) {
    super(context, key);
    this.value = value;
  }

  @Override
  public Outcome<K, V, Boolean> apply(Snapshot<V> entry, long now) {
    return entry.isLive() ? update(entry, value, now, true).hit() : missing(entry, false).miss();
  }
}
