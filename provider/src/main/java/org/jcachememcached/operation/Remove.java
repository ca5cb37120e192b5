package org.jcachememcached.operation;

import org.jcachememcached.engine.Outcome;
import org.jcachememcached.engine.Shortcut;
import org.jcachememcached.engine.Snapshot;
import org.jspecify.annotations.Nullable;

/** {@code remove(key)}, and each key of {@code removeAll}: the writer is told even if none was. */
public final class Remove<K, V> extends EntryOperation<K, V, Boolean> {

  private final boolean answered;

  private Remove(Rules<K, V> rules, K key, boolean answered) {
    super(rules, key);
    this.answered = answered;
  }

  /** Says whether there was an entry, and has to look for that. */
  public static <K, V> Remove<K, V> answered(Rules<K, V> rules, K key) {
    return new Remove<>(rules, key, true);
  }

  /** Whether there was an entry, the caller does not ask; what it answers means nothing. */
  public static <K, V> Remove<K, V> unanswered(Rules<K, V> rules, K key) {
    return new Remove<>(rules, key, false);
  }

  @Override
  public @Nullable Shortcut<K, V, Boolean> shortcut(long now) {
    return !answered && rules.removesBlindly()
        ? new Shortcut<>(Shortcut.Kind.DELETE, null, now, status -> Outcome.of(false))
        : null;
  }

  @Override
  public Outcome<K, V, Boolean> apply(Snapshot<V> entry, long now) {
    // It may remove what cannot be decoded, whatever the failure policy is.
    return entry.isReadable() ? remove(entry, true) : removeAbsent(entry, false);
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
