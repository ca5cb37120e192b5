package org.jcachememcached.internal.operation;

import org.jcachememcached.internal.engine.BlindWrite;
import org.jcachememcached.internal.engine.Outcome;
import org.jcachememcached.internal.engine.Snapshot;
import org.jcachememcached.internal.store.Reply;
import org.jspecify.annotations.Nullable;

/** {@code putIfAbsent}. For one call; not thread-safe. */
public final class PutIfAbsent<K, V> extends EntryOperation<K, V, Boolean> {

  private final V value;

  public PutIfAbsent(OperationContext<K, V> context, K key, V value) {
    super(context, key);
    this.value = value;
  }

  @Override
  public @Nullable BlindWrite<K, V, Boolean> blindWrite(long now) {
    return context.createsBlindly()
        ? BlindWrite.add(
            value, context.expiry().onCreation(now), context.endsAtStore(), PutIfAbsent::verdict)
        : null;
  }

  private static <K, V> @Nullable Outcome<K, V, Boolean> verdict(Reply reply) {
    // The item that is present may be no entry.
    return reply.status() == Reply.Status.DONE
        ? Outcome.<K, V, Boolean>of(true).miss().put()
        : null;
  }

  @Override
  public Outcome<K, V, Boolean> apply(Snapshot<V> entry, long now) {
    return entry.isLive()
        ? Outcome.<K, V, Boolean>of(false).hit()
        : create(entry, value, now, true).miss();
  }
}
