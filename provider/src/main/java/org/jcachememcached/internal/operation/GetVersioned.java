package org.jcachememcached.internal.operation;

import org.jcachememcached.api.EntryVersion;
import org.jcachememcached.api.Versioned;
import org.jcachememcached.internal.engine.Outcome;
import org.jcachememcached.internal.engine.Snapshot;
import org.jspecify.annotations.Nullable;

/**
 * {@code getVersioned}: reads the entry with its version; never loads. It is an access where that
 * leaves the version as it is. For one call; not thread-safe.
 */
public final class GetVersioned<K, V> extends EntryOperation<K, V, @Nullable Versioned<V>> {

  public GetVersioned(OperationContext<K, V> context, K key) {
    super(context, key);
  }

  @Override
  public long keepUntilOnRead(long now) {
    return context.keepUntilOnAccess(now);
  }

  @Override
  public boolean needsKeyLock(@Nullable Snapshot<V> entry) {
    return false;
  }

  @Override
  public Outcome<K, V, @Nullable Versioned<V>> apply(Snapshot<V> entry, long now) {
    if (!entry.isLive()) {
      return missing(entry, null).miss();
    }
    Versioned<V> found = new Versioned<>(entry.value(), new EntryVersion(entry.version()));
    return Outcome.<K, V, @Nullable Versioned<V>>of(found).hit();
  }

  @Override
  public Outcome<K, V, @Nullable Versioned<V>> withoutStore() {
    return Outcome.<K, V, @Nullable Versioned<V>>of(null).miss();
  }
}
