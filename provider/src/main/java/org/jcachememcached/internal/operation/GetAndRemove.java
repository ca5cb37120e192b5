package org.jcachememcached.internal.operation;

import org.jcachememcached.internal.engine.Outcome;
import org.jcachememcached.internal.engine.Snapshot;
import org.jspecify.annotations.Nullable;

/** {@code getAndRemove}: the writer is told even if there was no entry. */
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
