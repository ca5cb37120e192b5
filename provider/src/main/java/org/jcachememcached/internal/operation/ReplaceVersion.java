package org.jcachememcached.internal.operation;

import org.jcachememcached.api.EntryVersion;
import org.jcachememcached.internal.engine.Outcome;
import org.jcachememcached.internal.engine.Snapshot;

/** {@code replace(key, value, version)}. For one call; not thread-safe. */
public final class ReplaceVersion<K, V> extends EntryOperation<K, V, Boolean> {

  private final V value;
  private final EntryVersion expected;

  public ReplaceVersion(OperationContext<K, V> context, K key, V value, EntryVersion expected) {
    super(context, key);
    this.value = value;
    this.expected = expected;
  }

  @Override
  public Outcome<K, V, Boolean> apply(Snapshot<V> entry, long now) {
    if (!entry.isLive()) {
      return missing(entry, false).miss();
    }
    return entry.hasVersion(expected.number())
        ? update(entry, value, now, true).hit()
        : Outcome.<K, V, Boolean>of(false).hit();
  }
}
