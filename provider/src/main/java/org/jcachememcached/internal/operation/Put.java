package org.jcachememcached.internal.operation;

import org.jcachememcached.internal.engine.BlindWrite;
import org.jcachememcached.internal.engine.Outcome;
import org.jcachememcached.internal.engine.Snapshot;
import org.jspecify.annotations.Nullable;

/** {@code put}, and each entry of {@code putAll}. For one call; not thread-safe. */
public final class Put<K, V> extends EntryOperation<K, V, @Nullable Void> {

  private final V value;

  public Put(OperationContext<K, V> context, K key, V value) {
    super(context, key);
    this.value = value;
  }

  @Override
  public @Nullable BlindWrite<K, V, @Nullable Void> blindWrite(long now) {
    return context.putsBlindly()
        ? BlindWrite.set(
            value,
            context.expiry().onCreation(now),
            context.endsAtStore(),
            reply -> Outcome.<K, V, @Nullable Void>of(null).put())
        : null;
  }

  @Override
  public Outcome<K, V, @Nullable Void> apply(Snapshot<V> entry, long now) {
    // An item that cannot be decoded may be overwritten, regardless of the failure policy.
    return entry.isReadable() ? update(entry, value, now, null) : create(entry, value, now, null);
  }

  /** Not possible with a writer, which has to be called; then the stored value matters. */
  @Override
  public @Nullable Outcome<K, V, @Nullable Void> withoutStore() {
    return context.writesThrough() ? null : Outcome.of(null);
  }

  @Override
  public boolean outdatesEntry() {
    return true;
  }
}
