package org.jcachememcached.operation;

import org.jcachememcached.engine.Outcome;
import org.jcachememcached.engine.Shortcut;
import org.jcachememcached.engine.Snapshot;
import org.jcachememcached.store.Reply;
import org.jspecify.annotations.Nullable;

/** Fills an absent entry with what was loaded for it; a value put there meanwhile stays. */
public final class StoreLoaded<K, V> extends EntryOperation<K, V, @Nullable Void> {

  private final V value;

  public StoreLoaded(Rules<K, V> rules, K key, V value) {
    super(rules, key);
    this.value = value;
  }

  @Override
  public @Nullable Shortcut<K, V, @Nullable Void> shortcut(long now) {
    return rules.createsBlindly()
        ? new Shortcut<>(
            Shortcut.Kind.ADD, value, rules.expiry().onCreation(now), StoreLoaded::verdict)
        : null;
  }

  private static <K, V> @Nullable Outcome<K, V, @Nullable Void> verdict(Reply.Status status) {
    // What is in the way may be no entry.
    return status == Reply.Status.DONE ? Outcome.of(null) : null;
  }

  @Override
  public Outcome<K, V, @Nullable Void> apply(Snapshot<V> entry, long now) {
    return entry.isLive() ? Outcome.of(null) : createLoaded(entry, value, now, null);
  }

  @Override
  public Outcome<K, V, @Nullable Void> withoutStore() {
    return Outcome.of(null);
  }
}
