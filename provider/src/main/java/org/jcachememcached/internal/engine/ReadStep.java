package org.jcachememcached.internal.engine;

import java.util.List;
import org.jcachememcached.internal.store.Command;
import org.jcachememcached.internal.store.Reply;
import org.jspecify.annotations.Nullable;

/**
 * The step of the compare-and-set loop that reads entries. It also finds out whether a conditional
 * store whose reply was lost has happened. Stateless apart from the call; not thread-safe.
 */
final class ReadStep<K, V, R extends @Nullable Object> {

  private final Call<K, V, R> call;

  ReadStep(Call<K, V, R> call) {
    this.call = call;
  }

  /** The keys that may turn out to have events. */
  List<String> keysInOrder() {
    return call.keysWhere(PendingOperation::mayTurnOutToHaveEvents);
  }

  /**
   * Adds reads of entries that have not been read, as many as fit in memory, unless some that were
   * read are still to be applied.
   */
  void add() {
    if (isAnyToBeApplied()) {
      return;
    }
    EngineParts<K, V> parts = call.parts();
    int room = parts.limits().pageSize().next();
    for (PendingOperation<K, V, R> pending : call.operations()) {
      if (pending.isOpen() && room-- > 0) {
        add(pending);
      }
    }
  }

  /** Adds the read of one entry. */
  void add(PendingOperation<K, V, R> pending) {
    Command.Get read = pending.read(call.parts().clock().millis());
    call.round().add(read, reply -> onRead(pending, read, reply));
  }

  private boolean isAnyToBeApplied() {
    for (PendingOperation<K, V, R> pending : call.operations()) {
      if (pending.isOpen() && pending.hasSnapshot()) {
        return true;
      }
    }
    return false;
  }

  private void onRead(PendingOperation<K, V, R> pending, Command.Get read, Reply reply) {
    EngineParts<K, V> parts = call.parts();
    if (reply.status() == Reply.Status.DEFERRED) {
      return;
    }
    if (reply.failure() != null) {
      call.failures().storeFailed(pending, reply.failure(), null);
      return;
    }
    pending.setSnapshot(
        parts.format().snapshot(pending.key(), reply.item(), parts.clock().millis()));
    if (read.touches()) {
      pending.snapshot().setTouched(reply.item());
    }
    resolve(pending);
  }

  /** Completes an operation if a store whose reply was lost has happened. */
  private void resolve(PendingOperation<K, V, R> pending) {
    for (IndeterminateWrite<K, V, R> indeterminate : pending.indeterminate()) {
      switch (indeterminate.resolve(pending.snapshot())) {
        case DONE -> call.succeed(pending, indeterminate.outcome());
        case UNKNOWN -> call.failures().outcomeUnknown(pending);
        case NOT_DONE -> {}
      }
      if (!pending.isOpen()) {
        return;
      }
    }
  }
}
