package org.jcachememcached.internal.operation;

import org.jcachememcached.internal.engine.Outcome;
import org.jcachememcached.internal.engine.Snapshot;
import org.jspecify.annotations.Nullable;

/**
 * {@code markStale}: lets an entry expire now, so that its value is served only where the value of
 * an expired entry is, until it is loaded anew. What a load that is under way has read before is
 * not stored. For one call; not thread-safe.
 */
public final class MarkStale<K, V> extends EntryOperation<K, V, Boolean> {

  public MarkStale(OperationContext<K, V> context, K key) {
    super(context, key);
  }

  @Override
  public Outcome<K, V, Boolean> apply(Snapshot<V> entry, long now) {
    return entry.isReadable() ? expire(entry, now, true) : supersedeLoads(entry, false);
  }

  @Override
  public @Nullable Outcome<K, V, Boolean> withoutStore() {
    return Outcome.of(false);
  }

  @Override
  public boolean outdatesEntry() {
    return true;
  }
}
