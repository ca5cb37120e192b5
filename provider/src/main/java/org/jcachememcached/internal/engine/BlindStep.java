package org.jcachememcached.internal.engine;

import java.util.List;
import org.jcachememcached.api.CodecException;
import org.jcachememcached.internal.store.Command;
import org.jcachememcached.internal.store.Reply;
import org.jcachememcached.internal.store.StoreException;
import org.jspecify.annotations.Nullable;

/**
 * The first step of a call: sends the operations that need no read, see {@link BlindWrite}. What
 * they leave undecided stays open. Not thread-safe.
 */
final class BlindStep<K, V, R extends @Nullable Object> {

  private final Call<K, V, R> call;
  private int considered;

  BlindStep(Call<K, V, R> call) {
    this.call = call;
  }

  /**
   * Adds the next blind writes, as many as one round trip carries.
   *
   * @return false if there is nothing to send
   */
  boolean addNext() {
    List<PendingOperation<K, V, R>> operations = call.operations();
    long now = call.parts().clock().millis();
    while (considered < operations.size() && !call.round().isFull()) {
      PendingOperation<K, V, R> pending = operations.get(considered++);
      BlindWrite<K, V, R> blindWrite = pending.operation().blindWrite(now);
      if (pending.isOpen() && blindWrite != null) {
        add(pending, blindWrite);
      }
    }
    return !call.round().isEmpty();
  }

  private void add(PendingOperation<K, V, R> pending, BlindWrite<K, V, R> blindWrite) {
    try {
      Command command = blindWrite.command(call.parts().format(), pending.key(), pending.newMark());
      if (command != null) {
        call.round().add(command, reply -> onReply(pending, blindWrite, reply));
      }
    } catch (CodecException e) {
      call.failures().cannotBeEncoded(pending, e, blindWrite.removal(pending.key()));
    }
  }

  private void onReply(
      PendingOperation<K, V, R> pending, BlindWrite<K, V, R> blindWrite, Reply reply) {
    StoreException refusal = reply.failure();
    if (refusal == null) {
      Outcome<K, V, R> outcome = blindWrite.verdict().apply(reply);
      if (outcome != null) {
        call.recordChange(pending, reply);
        complete(pending, outcome, blindWrite.exceeding(outcome));
      }
      return;
    }
    if (blindWrite.maySkipItem() && call.failures().skipsItem(pending, refusal)) {
      // The result depends on the entry, or an outdated one has to be removed: read it first.
      return;
    }
    Outcome<K, V, R> wanted =
        blindWrite.isRecognizable() ? blindWrite.verdict().apply(Reply.DONE) : null;
    if (refusal.isOutcomeUnknown() && wanted != null) {
      pending.indeterminate(wanted, refusal);
    } else {
      call.failures().storeFailed(pending, refusal, blindWrite.removal(pending.key()));
    }
  }

  private void complete(
      PendingOperation<K, V, R> pending, Outcome<K, V, R> outcome, @Nullable Counting exceeding) {
    if (exceeding == null) {
      call.complete(pending, outcome);
    } else {
      new CountReversal<>(call, pending, outcome, exceeding).begin();
    }
  }
}
