package org.jcachememcached.internal.engine;

import java.util.List;
import org.jcachememcached.internal.store.Command;
import org.jcachememcached.internal.store.Reply;
import org.jcachememcached.internal.store.StoreException;
import org.jspecify.annotations.Nullable;

/**
 * The step of the compare-and-set loop that sends the mutations, on condition that the entries have
 * not changed since they were read. Not thread-safe.
 */
final class StoreStep<K, V, R extends @Nullable Object> {

  private final Call<K, V, R> call;
  private final ApplyStep<K, V, R> applied;

  StoreStep(Call<K, V, R> call, ApplyStep<K, V, R> applied) {
    this.call = call;
    this.applied = applied;
  }

  /** The keys whose changes have events. */
  List<String> keysInOrder() {
    return call.keysWhere(PendingOperation::hasEvents);
  }

  /** Whether operations are to be stored once more, because their item was too large. */
  boolean isToBeRepeated() {
    return !call.keysWhere(PendingOperation::isApplied).isEmpty();
  }

  /** Adds the mutations of what is applied. */
  void add() {
    for (PendingOperation<K, V, R> pending : call.operations()) {
      if (pending.isOpen() && pending.isApplied()) {
        Command command = pending.command();
        if (command == null) {
          call.succeed(pending, pending.outcome());
        } else if (pending.isBestEffort() && CallStack.isPending(pending.key().wire())) {
          // It would make the enclosing call lose the race.
          call.complete(pending, pending.outcome());
        } else {
          call.round().add(command, reply -> onReply(pending, reply));
        }
      }
    }
  }

  private void onReply(PendingOperation<K, V, R> pending, Reply reply) {
    StoreException refusal = reply.failure();
    if (refusal == null && pending.endLease() && reply.status() != Reply.Status.DONE) {
      call.delta().lostLease();
    }
    if (reply.status() == Reply.Status.DONE) {
      call.recordChange(pending, reply);
      call.succeed(pending, pending.outcome());
    } else if (call.failures().skipsItem(pending, refusal)) {
      applied.prepare(pending);
    } else if (refusal == null && pending.snapshot().isAssumed()) {
      call.lose(pending);
    } else if (pending.isBestEffort() || (refusal == null && pending.outcome().isOptional())) {
      // The result is valid anyway; a change that did not happen has no event.
      call.complete(pending, pending.outcome());
    } else if (refusal == null) {
      call.lose(pending);
    } else if (refusal.isOutcomeUnknown()) {
      pending.indeterminate(pending.outcome(), refusal);
    } else {
      call.failures().storeFailed(pending, refusal, pending.removal());
    }
  }
}
