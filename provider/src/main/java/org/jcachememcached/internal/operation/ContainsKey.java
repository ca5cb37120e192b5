package org.jcachememcached.internal.operation;

import org.jcachememcached.internal.engine.Outcome;
import org.jcachememcached.internal.engine.Snapshot;
import org.jspecify.annotations.Nullable;

/**
 * {@code containsKey}: neither an access nor counted; never loads. For one call; not thread-safe.
 */
public final class ContainsKey<K, V> extends EntryOperation<K, V, Boolean> {

  private final boolean isPlainRead;

  private ContainsKey(OperationContext<K, V> context, K key, boolean isPlainRead) {
    super(context, key);
    this.isPlainRead = isPlainRead;
  }

  /** For the caller of the cache. */
  public static <K, V> ContainsKey<K, V> of(OperationContext<K, V> context, K key) {
    return new ContainsKey<>(context, key, true);
  }

  /** For a load of what is absent, which always asks the store. */
  public static <K, V> ContainsKey<K, V> beforeLoad(OperationContext<K, V> context, K key) {
    return new ContainsKey<>(context, key, false);
  }

  @Override
  public boolean isPlainRead() {
    return isPlainRead;
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
