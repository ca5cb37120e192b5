package org.jcachememcached.internal.operation;

import org.jcachememcached.internal.engine.Outcome;
import org.jcachememcached.internal.engine.Snapshot;
import org.jspecify.annotations.Nullable;

/** {@code getAndReplace}. For one call; not thread-safe. */
public final class GetAndReplace<K, V> extends EntryOperation<K, V, @Nullable V> {

  private final V value;

  public GetAndReplace(OperationContext<K, V> context, K key, V value) {
    super(context, key);
    this.value = value;
  }

  @Override
  public Outcome<K, V, @Nullable V> apply(Snapshot<V> entry, long now) {
    return entry.isLive()
        ? update(entry, value, now, entry.value()).hit()
        : missing(entry, null).miss();
  }
}
