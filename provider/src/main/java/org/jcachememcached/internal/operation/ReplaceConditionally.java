package org.jcachememcached.internal.operation;

import org.jcachememcached.internal.engine.Outcome;
import org.jcachememcached.internal.engine.Snapshot;

/**
 * {@code replace(key, oldValue, newValue)}: a mismatch is an access. For one call; not thread-safe.
 */
public final class ReplaceConditionally<K, V> extends EntryOperation<K, V, Boolean> {

  private final V expected;
  private final V value;

  public ReplaceConditionally(OperationContext<K, V> context, K key, V expected, V value) {
    super(context, key);
    this.expected = expected;
    this.value = value;
  }

  @Override
  public Outcome<K, V, Boolean> apply(Snapshot<V> entry, long now) {
    if (!entry.isLive()) {
      return missing(entry, false).miss();
    }
    return entry.holds(expected)
        ? update(entry, value, now, true).hit()
        : access(entry, now, false).hit();
  }
}
