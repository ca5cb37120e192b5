package org.jcachememcached.internal.operation;

import org.jcachememcached.internal.engine.BlindWrite;
import org.jcachememcached.internal.engine.Outcome;
import org.jcachememcached.internal.engine.Snapshot;
import org.jspecify.annotations.Nullable;

/**
 * {@code remove(key)}, and each key of {@code removeAll}: calls the writer even without an entry,
 * except for a key that was only found by listing. For one call; not thread-safe.
 */
public final class Remove<K, V> extends EntryOperation<K, V, Boolean> {

  private final boolean answered;
  private final boolean listed;

  private Remove(OperationContext<K, V> context, K key, boolean answered, boolean listed) {
    super(context, key);
    this.answered = answered;
    this.listed = listed;
  }

  /** Returns whether there was an entry, which requires reading it. */
  public static <K, V> Remove<K, V> answered(OperationContext<K, V> context, K key) {
    return new Remove<>(context, key, true, false);
  }

  /** Its result has no meaning. */
  public static <K, V> Remove<K, V> unanswered(OperationContext<K, V> context, K key) {
    return new Remove<>(context, key, false, false);
  }

  /** Of {@code removeAll} without keys: does nothing without an entry. */
  public static <K, V> Remove<K, V> listed(OperationContext<K, V> context, K key) {
    return new Remove<>(context, key, false, true);
  }

  @Override
  public @Nullable BlindWrite<K, V, Boolean> blindWrite(long now) {
    return !answered && context.removesBlindly()
        ? BlindWrite.delete(reply -> Outcome.of(false))
        : null;
  }

  @Override
  public Outcome<K, V, Boolean> apply(Snapshot<V> entry, long now) {
    // An item that cannot be decoded may be removed, regardless of the failure policy.
    if (entry.isReadable()) {
      return remove(entry, true);
    }
    if (!listed) {
      return removeAbsent(entry, false);
    }
    return isServedStale(entry) ? withdraw(entry, false) : Outcome.of(false);
  }

  /** Not possible with a writer, which has to be called; then the stored value matters. */
  @Override
  public @Nullable Outcome<K, V, Boolean> withoutStore() {
    return context.writesThrough() ? null : Outcome.of(false);
  }

  @Override
  public boolean outdatesEntry() {
    return true;
  }
}
