package org.jcachememcached.internal.engine;

import org.jcachememcached.internal.store.Command;
import org.jcachememcached.internal.store.Item;
import org.jcachememcached.internal.store.Reply;
import org.jcachememcached.internal.store.StoredItem;
import org.jcachememcached.internal.store.UnsignedNumber;
import org.jspecify.annotations.Nullable;

/**
 * Takes back what a store has counted beyond the largest number of the cache, and completes the
 * operation then: by counting in the opposite direction, which no other call can disturb. Where the
 * store does not count, the number is replaced on condition that it has not changed.
 *
 * <p>memcached 1.6.18 sometimes does not count from 2^63: it then searches for a minus sign beyond
 * the end of the item, in what other items have left there. For one operation; not thread-safe.
 */
final class CountReversal<K, V, R extends @Nullable Object> {

  private final Call<K, V, R> call;
  private final PendingOperation<K, V, R> pending;
  private final Outcome<K, V, R> outcome;
  private final Command.Count inverse;

  /**
   * @param outcome of the operation
   * @param exceeding how the store has counted
   */
  CountReversal(
      Call<K, V, R> call,
      PendingOperation<K, V, R> pending,
      Outcome<K, V, R> outcome,
      Counting exceeding) {
    this.call = call;
    this.pending = pending;
    this.outcome = outcome;
    this.inverse = exceeding.inverse(pending.key().wire());
  }

  /** Adds the first command; the others follow its reply. */
  void begin() {
    call.round().add(inverse, reply -> unlessFailed(reply, () -> onCounted(reply)));
  }

  private void unlessFailed(Reply reply, Runnable next) {
    if (reply.failure() == null) {
      next.run();
    } else {
      call.failures().notTakenBack(pending, reply.failure());
    }
  }

  private void onCounted(Reply reply) {
    if (reply.status() == Reply.Status.NOT_A_NUMBER) {
      Command.Get read = new Command.Get(inverse.key());
      call.round().add(read, found -> unlessFailed(found, () -> replace(found.item())));
    } else {
      call.complete(pending, outcome);
    }
  }

  private void replace(@Nullable StoredItem item) {
    if (item == null || !UnsignedNumber.isNumber(item.data())) {
      // Another client has replaced it.
      call.complete(pending, outcome);
      return;
    }
    byte[] before = UnsignedNumber.digits(UnsignedNumber.result(item.data(), inverse));
    Command replacement =
        new Command.CompareAndSet(
            inverse.key(), new Item(item.flags(), before, item.keepUntil()), item.cas());
    call.round().add(replacement, reply -> unlessFailed(reply, () -> onReplaced(reply)));
  }

  private void onReplaced(Reply reply) {
    if (reply.equals(Reply.CHANGED)) {
      // Only after another call has succeeded.
      begin();
    } else {
      call.complete(pending, outcome);
    }
  }
}
