package org.jcachememcached.operation;

import org.jcachememcached.engine.Outcome;
import org.jcachememcached.engine.Shortcut;
import org.jcachememcached.engine.Snapshot;
import org.jcachememcached.store.Reply;
import org.jspecify.annotations.Nullable;

/** {@code replace(key, value)}. */
public final class Replace<K, V> extends EntryOperation<K, V, Boolean> {

  private final V value;

  public Replace(Rules<K, V> rules, K key, V value) {
    super(rules, key);
    this.value = value;
  }

  @Override
  public @Nullable Shortcut<K, V, Boolean> shortcut(long now) {
    return rules.judgesPresenceBlindly()
        ? new Shortcut<>(
            Shortcut.Kind.REPLACE, value, rules.expiry().onCreation(now), Replace::verdict)
        : null;
  }

  private static <K, V> Outcome<K, V, Boolean> verdict(Reply.Status status) {
    return status == Reply.Status.DONE
        ? Outcome.<K, V, Boolean>of(true).hit().put()
        : Outcome.<K, V, Boolean>of(false).miss();
  }

  @Override
  public Outcome<K, V, Boolean> apply(Snapshot<V> entry, long now) {
    return entry.isLive() ? update(entry, value, now, true).hit() : missing(entry, false).miss();
  }
}
