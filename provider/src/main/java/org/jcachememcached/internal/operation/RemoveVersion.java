package org.jcachememcached.internal.operation;

import org.jcachememcached.api.EntryVersion;
import org.jcachememcached.internal.engine.Outcome;
import org.jcachememcached.internal.engine.Snapshot;

/** {@code remove(key, version)}. For one call; not thread-safe. */
public final class RemoveVersion<K, V> extends EntryOperation<K, V, Boolean> {

  private final EntryVersion expected;

  public RemoveVersion(OperationContext<K, V> context, K key, EntryVersion expected) {
    super(context, key);
    this.expected = expected;
  }

  @Override
  public Outcome<K, V, Boolean> apply(Snapshot<V> entry, long now) {
    if (!entry.isLive()) {
      return missing(entry, false).miss();
    }
    return entry.hasVersion(expected.number())
        ? remove(entry, true).hit()
        : Outcome.<K, V, Boolean>of(false).hit();
  }
}
