package org.jcachememcached.internal.engine;

import org.jcachememcached.internal.store.Command;
import org.jcachememcached.internal.store.Item;
import org.jcachememcached.internal.store.Reply;
import org.jcachememcached.internal.store.StoreException;
import org.jspecify.annotations.Nullable;

/**
 * The step of the compare-and-set loop that takes leases: of all callers that would load an entry,
 * in all JVMs, one does, and the others wait for its value. Not thread-safe.
 *
 * <p>A lease is an item in place of the entry, which is no entry to any operation, and to no other
 * release. So it ends when the entry is stored or removed by any client, and what its holder loads
 * is stored on condition that it is still there: never over a newer value, and never after a
 * removal. It also ends by itself, if its holder does not renew it, and whoever reads it then takes
 * it over. A call whose wait ends loads, but stores nothing.
 *
 * <p>If the store fails, the call loads, but stores nothing. If it does not support leases, the
 * call continues as without.
 */
final class LeaseStep<K, V, R extends @Nullable Object> {

  private final Call<K, V, R> call;
  private final ReadStep<K, V, R> reads;
  private final @Nullable LeaseRules rules;
  private int polled;
  private long waitsUntil;
  private long waitsSince;
  private boolean isWaiting;
  private boolean hasWaitedInVain;
  private boolean isToBeRepeated;

  /**
   * @param reads reads entries again
   */
  LeaseStep(Call<K, V, R> call, ReadStep<K, V, R> reads) {
    this.call = call;
    this.reads = reads;
    this.rules = call.parts().leases();
  }

  /**
   * Adds claims of the leases of entries that are about to be loaded. Operations that have to wait
   * lose what they have read.
   */
  void add() {
    isToBeRepeated = false;
    if (rules == null) {
      return;
    }
    for (PendingOperation<K, V, R> pending : call.operations()) {
      if (needsLease(pending)) {
        add(pending, rules);
      }
    }
    recordEndOfWait();
  }

  private void recordEndOfWait() {
    if (waitsSince != 0 && !isWaiting) {
      call.delta().leaseWait(call.parts().clock().millis() - waitsSince);
      waitsSince = 0;
    }
  }

  private static boolean needsLease(PendingOperation<?, ?, ?> pending) {
    return pending.isOpen()
        && pending.hasSnapshot()
        && !pending.isApplied()
        && pending.needsLease()
        && !CallStack.isPending(pending.key().wire());
  }

  private void add(PendingOperation<K, V, R> pending, LeaseRules leases) {
    if (pending.holdsLeaseOfSnapshot()) {
      return;
    }
    if (pending.operation().hasLoaded()) {
      // What was loaded may be older than what has happened since.
      pending.snapshot().forbidFilling();
    } else {
      addClaimOrWait(pending, leases);
    }
  }

  private void addClaimOrWait(PendingOperation<K, V, R> pending, LeaseRules leases) {
    long now = call.parts().clock().millis();
    if (!pending.snapshot().isLeased(now)) {
      addClaim(pending, leases);
    } else if (mayWait(now, leases)) {
      waitsSince = waitsSince == 0 ? now : waitsSince;
      isWaiting = true;
      pending.forget();
    } else {
      recordVainWait();
      pending.snapshot().forbidFilling();
    }
  }

  private void recordVainWait() {
    if (!hasWaitedInVain) {
      hasWaitedInVain = true;
      call.delta().leaseWaitTimeout();
    }
  }

  private boolean mayWait(long now, LeaseRules leases) {
    if (polled == 0 && !isWaiting) {
      waitsUntil = now + leases.longestWait().toMillis();
    }
    return now < waitsUntil;
  }

  private void addClaim(PendingOperation<K, V, R> pending, LeaseRules leases) {
    long writeId = pending.newMark().writeId();
    Item item = call.parts().lease(leases, pending.key(), writeId);
    if (item != null) {
      Command.Claim claim = new Command.Claim(pending.key().wire(), item, pending.snapshot().cas());
      call.round().add(claim, reply -> onReply(pending, leases, writeId, reply));
    }
  }

  private void onReply(
      PendingOperation<K, V, R> pending, LeaseRules leases, long writeId, Reply reply) {
    if (reply.status() == Reply.Status.CLAIMED) {
      HeldLease lease = new HeldLease(call.parts(), leases, pending.key(), writeId, reply.number());
      lease.keep();
      pending.hold(lease, reply.number());
    } else if (reply.status() == Reply.Status.CHANGED) {
      // Another client was faster: look what it has done.
      pending.forget();
      reads.add(pending);
      isToBeRepeated = true;
    } else if (reply.failure() != null) {
      onFailure(pending, reply.failure());
    }
  }

  /**
   * The lease may be there, with a holder that does not know of it: others must not wait for it.
   */
  private void onFailure(PendingOperation<K, V, R> pending, StoreException failure) {
    pending.snapshot().forbidFilling();
    if (failure.isOutcomeUnknown()) {
      call.session().invalidate(call.parts().format().prefix(), pending.key().wire());
    }
  }

  /**
   * Whether entries were read again that another client has changed: if they are to be loaded, then
   * together with the others.
   */
  boolean isToBeRepeated() {
    return isToBeRepeated;
  }

  /** How long to wait before the entries are read again; 0 if no operation waits. */
  long nanosUntilPoll() {
    if (rules == null || !isWaiting) {
      return 0;
    }
    isWaiting = false;
    polled++;
    return rules.polls().nanos(polled);
  }

  /** Adds what ends the leases of operations that have stored nothing. */
  void release() {
    for (PendingOperation<K, V, R> pending : call.operations()) {
      Command release = pending.isOpen() ? null : pending.releaseLease();
      if (release != null) {
        call.round().add(release, reply -> {});
      }
    }
  }
}
