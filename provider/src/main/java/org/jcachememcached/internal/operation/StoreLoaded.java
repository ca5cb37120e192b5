package org.jcachememcached.internal.operation;

import org.jcachememcached.internal.engine.BlindWrite;
import org.jcachememcached.internal.engine.Outcome;
import org.jcachememcached.internal.engine.Snapshot;
import org.jcachememcached.internal.store.Reply;
import org.jspecify.annotations.Nullable;

/**
 * Stores a loaded value for an absent entry; a value that was put meanwhile stays. For one call;
 * not thread-safe.
 */
public final class StoreLoaded<K, V> extends EntryOperation<K, V, @Nullable Void> {

  private final V value;
  private final boolean bestEffort;

  private StoreLoaded(OperationContext<K, V> context, K key, V value, boolean bestEffort) {
    super(context, key);
    this.value = value;
    this.bestEffort = bestEffort;
  }

  /** For {@code loadAll}, whose purpose is to store. */
  public static <K, V> StoreLoaded<K, V> forLoadAll(
      OperationContext<K, V> context, K key, V value) {
    return new StoreLoaded<>(context, key, value, false);
  }

  /** For a read, whose caller gets the value whether or not it can be stored. */
  public static <K, V> StoreLoaded<K, V> forRead(OperationContext<K, V> context, K key, V value) {
    return new StoreLoaded<>(context, key, value, true);
  }

  @Override
  public boolean isBestEffort() {
    return bestEffort;
  }

  @Override
  public @Nullable BlindWrite<K, V, @Nullable Void> blindWrite(long now) {
    return context.createsBlindly()
        ? BlindWrite.add(
            value, context.expiry().onCreation(now), context.endsAtStore(), StoreLoaded::verdict)
        : null;
  }

  private static <K, V> @Nullable Outcome<K, V, @Nullable Void> verdict(Reply reply) {
    // The item that is present may be no entry.
    return reply.status() == Reply.Status.DONE ? Outcome.of(null) : null;
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
