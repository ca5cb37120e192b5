package org.jcachememcached.internal.operation;

import org.jcachememcached.internal.engine.Outcome;
import org.jcachememcached.internal.engine.Snapshot;
import org.jspecify.annotations.Nullable;

/**
 * {@code containsKey}: neither an access nor counted; never loads. For one call; not thread-safe.
 */
public final class ContainsKey<K, V> extends EntryOperation<K, V, Boolean> {

  public ContainsKey(OperationContext<K, V> context, K key) {
    super(context, key);
  }

  @Override
  public boolean needsKeyLock(@Nullable Snapshot<V> entry) {
    return false;
  }

  @Override
  public Outcome<K, V, Boolean> apply(Snapshot<V> entry, long now) {
    return entry.isLive() ? Outcome.of(true) : missing(entry, false);
  }

  @Override
  public Outcome<K, V, Boolean> withoutStore() {
    return Outcome.of(false);
  }
}
