package org.jcachememcached.internal.operation;

import org.jcachememcached.internal.engine.Outcome;
import org.jcachememcached.internal.engine.Snapshot;
import org.jspecify.annotations.Nullable;

/** {@code getAndPut}. For one call; not thread-safe. */
public final class GetAndPut<K, V> extends EntryOperation<K, V, @Nullable V> {

  private final V value;

  public GetAndPut(OperationContext<K, V> context, K key, V value) {
    super(context, key);
    this.value = value;
  }

  @Override
  public Outcome<K, V, @Nullable V> apply(Snapshot<V> entry, long now) {
    V old = entry.isLive() ? entry.value() : null;
    return write(entry, value, now, old).hitIf(old != null);
  }

  @Override
  public boolean outdatesEntry() {
    return true;
  }
}
