package org.jcachememcached.internal.operation;

import org.jcachememcached.internal.engine.Outcome;
import org.jcachememcached.internal.engine.Snapshot;
import org.jspecify.annotations.Nullable;

/** {@code getAndRemove}: calls the writer even without an entry. For one call; not thread-safe. */
public final class GetAndRemove<K, V> extends EntryOperation<K, V, @Nullable V> {

  public GetAndRemove(OperationContext<K, V> context, K key) {
    super(context, key);
  }

  @Override
  public Outcome<K, V, @Nullable V> apply(Snapshot<V> entry, long now) {
    return entry.isLive() ? remove(entry, entry.value()).hit() : removeAbsent(entry, null).miss();
  }

  @Override
  public boolean outdatesEntry() {
    return true;
  }
}
