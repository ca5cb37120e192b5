package org.jcachememcached.operation;

import org.jcachememcached.engine.Outcome;
import org.jcachememcached.engine.Shortcut;
import org.jcachememcached.engine.Snapshot;
import org.jcachememcached.store.Reply;
import org.jspecify.annotations.Nullable;

/** {@code putIfAbsent}. */
public final class PutIfAbsent<K, V> extends EntryOperation<K, V, Boolean> {

  private final V value;

  public PutIfAbsent(Rules<K, V> rules, K key, V value) {
    super(rules, key);
    this.value = value;
  }

  @Override
  public @Nullable Shortcut<K, V, Boolean> shortcut(long now) {
    return rules.createsBlindly()
        ? new Shortcut<>(
            Shortcut.Kind.ADD, value, rules.expiry().onCreation(now), PutIfAbsent::verdict)
        : null;
  }

  private static <K, V> @Nullable Outcome<K, V, Boolean> verdict(Reply.Status status) {
    // What is in the way may be no entry.
    return status == Reply.Status.DONE ? Outcome.<K, V, Boolean>of(true).miss().put() : null;
  }

  @Override
  public Outcome<K, V, Boolean> apply(Snapshot<V> entry, long now) {
    return entry.isLive()
        ? Outcome.<K, V, Boolean>of(false).hit()
        : create(entry, value, now, true).miss();
  }
}
