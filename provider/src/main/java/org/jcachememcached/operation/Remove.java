package org.jcachememcached.operation;

import org.jcachememcached.engine.Outcome;
import org.jcachememcached.engine.Shortcut;
import org.jcachememcached.engine.Snapshot;
import org.jcachememcached.store.Reply;
import org.jspecify.annotations.Nullable;

/** {@code remove(key)}, and each key of {@code removeAll}: the writer is told even if none was. */
public final class Remove<K, V> extends EntryOperation<K, V, Boolean> {

  public Remove(Rules<K, V> rules, K key) {
    super(rules, key);
  }

  @Override
  public @Nullable Shortcut<K, V, Boolean> shortcut(long now) {
    return rules.judgesPresenceBlindly()
        ? new Shortcut<>(Shortcut.Kind.DELETE, null, now, Remove::verdict)
        : null;
  }

  private static <K, V> Outcome<K, V, Boolean> verdict(Reply.Status status) {
    return status == Reply.Status.DONE
        ? Outcome.<K, V, Boolean>of(true).removal()
        : Outcome.of(false);
  }

  @Override
  public Outcome<K, V, Boolean> apply(Snapshot<V> entry, long now) {
    if (entry.isUnreadable()) {
      return discard(false);
    }
    return entry.isLive() ? remove(entry, true) : removeAbsent(entry, false);
  }

  /**
   * With a writer it cannot be dropped: the writer has to be told, and then what is stored counts.
   */
  @Override
  public @Nullable Outcome<K, V, Boolean> withoutStore() {
    return rules.writesThrough() ? null : Outcome.of(false);
  }

  @Override
  public boolean outdatesEntry() {
    return true;
  }
}
