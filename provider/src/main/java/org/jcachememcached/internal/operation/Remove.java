package org.jcachememcached.internal.operation;

import org.jcachememcached.internal.engine.BlindWrite;
import org.jcachememcached.internal.engine.Outcome;
import org.jcachememcached.internal.engine.Snapshot;
import org.jspecify.annotations.Nullable;

/** {@code remove(key)}, and each key of {@code removeAll}: the writer is told even if none was. */
public final class Remove<K, V> extends EntryOperation<K, V, Boolean> {

  private final boolean answered;

  private Remove(OperationContext<K, V> context, K key, boolean answered) {
    super(context, key);
    this.answered = answered;
  }

  /** Says whether there was an entry, and has to look for that. */
  public static <K, V> Remove<K, V> answered(OperationContext<K, V> context, K key) {
    return new Remove<>(context, key, true);
  }

  /** Whether there was an entry, the caller does not ask; what it answers means nothing. */
  public static <K, V> Remove<K, V> unanswered(OperationContext<K, V> context, K key) {
    return new Remove<>(context, key, false);
  }

  @Override
  public @Nullable BlindWrite<K, V, Boolean> blindWrite(long now) {
    return !answered && context.removesBlindly()
        ? new BlindWrite<>(BlindWrite.Kind.DELETE, null, now, status -> Outcome.of(false))
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
    return context.writesThrough() ? null : Outcome.of(false);
  }

  @Override
  public boolean outdatesEntry() {
    return true;
  }
}
