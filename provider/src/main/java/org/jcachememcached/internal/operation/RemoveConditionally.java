package org.jcachememcached.internal.operation;

import org.jcachememcached.internal.engine.Outcome;
import org.jcachememcached.internal.engine.Snapshot;

/** {@code remove(key, oldValue)}: a mismatch is an access. For one call; not thread-safe. */
public final class RemoveConditionally<K, V> extends EntryOperation<K, V, Boolean> {

  private final V expected;

  public RemoveConditionally(OperationContext<K, V> context, K key, V expected) {
    super(context, key);
    this.expected = expected;
  }

  @Override
  public Outcome<K, V, Boolean> apply(Snapshot<V> entry, long now) {
    if (!entry.isLive()) {
      return missing(entry, false).miss();
    }
    return entry.holds(expected) ? remove(entry, true).hit() : access(entry, now, false).hit();
  }
}
