package org.jcachememcached.operation;

import org.jcachememcached.engine.Outcome;
import org.jcachememcached.engine.Snapshot;
import org.jspecify.annotations.Nullable;

/** Each {@code next} of an iterator: a counted access to an entry that the iterator has found. */
public final class Visit<K, V> extends EntryOperation<K, V, V> {

  public Visit(Rules<K, V> rules, K key) {
    super(rules, key);
  }

  @Override
  public boolean takesTurn(@Nullable Snapshot<V> entry) {
    return false;
  }

  @Override
  public Outcome<K, V, V> apply(Snapshot<V> entry, long now) {
    return access(entry, now, entry.value()).hit();
  }
}
