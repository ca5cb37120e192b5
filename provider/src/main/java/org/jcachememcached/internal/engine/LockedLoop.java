package org.jcachememcached.internal.engine;

import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jcachememcached.internal.engine.Group.Member;
import org.jcachememcached.internal.engine.Group.Result;
import org.jcachememcached.internal.engine.Group.Verdict;
import org.jcachememcached.internal.engine.RefCountedLocks.Handle;
import org.jcachememcached.internal.store.StoreException;
import org.jcachememcached.internal.store.StoreException.Reason;
import org.jcachememcached.internal.thread.DaemonThreads;
import org.jspecify.annotations.Nullable;

/**
 * The compare-and-set loop of one operation that takes the lock of its key. If other threads wait
 * for the lock when the operation is applied, it does not store: it begins a {@link Group}, leaves
 * it to the next holder of the lock, and waits for the result. The next one applies its operation,
 * in its own thread, to the state that the group will store, and so on; the last one stores.
 *
 * <p>A member waits for the others {@value #PATIENCE_MILLIS} ms at most, then it stores the group
 * as it is. An operation that was applied to that state meanwhile is stored afterwards, if the
 * state is still there. What is not a plain change of the entry is never part of a group. For one
 * call; not thread-safe.
 */
final class LockedLoop<K, V, R extends @Nullable Object> {

  /** How long a member waits for the operations of others. */
  private static final long PATIENCE_MILLIS = 2;

  private static final long PATIENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS);

  /** An operation that takes longer does not wait for others: they are probably as slow. */
  private static final long QUICK_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  private final EngineParts<K, V> parts;
  private final GroupCommit<K, V> groupCommit;
  private final CasLoop<K, V, R> loop;
  private final Call<K, V, R> call;
  private final PendingOperation<K, V, R> pending;
  private boolean alone;
  private @Nullable Group<K, V> group;
  private @Nullable Member member;

  LockedLoop(
      EngineParts<K, V> parts,
      GroupCommit<K, V> groupCommit,
      CasLoop<K, V, R> loop,
      PendingOperation<K, V, R> pending) {
    this.parts = parts;
    this.groupCommit = groupCommit;
    this.loop = loop;
    this.call = loop.call();
    this.pending = pending;
    // The writer has to be called for each operation before the next one is applied. The versions
    // of tags are read before each operation.
    this.alone = parts.writer() != null || !pending.operation().tags().isEmpty();
  }

  /** Carries out the operation. */
  void run(KeyLocks<K, V> locks) {
    while (pending.isOpen()) {
      try {
        locks.whileLocked(pending.key().wire(), this::attempt);
      } finally {
        // Even after an error: the group may have happened.
        awaitVerdict();
      }
    }
  }

  /** Carries out the operation, or makes it part of a group that is left to the next holder. */
  private void attempt(@Nullable Handle<Group<K, V>> lock) {
    do {
      Group<K, V> left = lock == null ? null : lock.left();
      if (lock == null || left == null) {
        attemptFirst(lock);
      } else if (isAlone() || !left.hasRoom()) {
        groupCommit.settleLeft(lock);
      } else {
        attemptNext(lock, left);
      }
    } while (pending.isOpen() && group == null);
  }

  /** Applies the operation to what is stored. */
  private void attemptFirst(@Nullable Handle<Group<K, V>> lock) {
    loop.readEntries();
    long start = System.nanoTime();
    loop.apply();
    if (lock != null && lock.hasWaiters() && isQuick(start) && mayBeginGroup()) {
      Group<K, V> begun = new Group<>(pending.key(), parts.format(), pending.snapshot().cas());
      join(begun);
      lock.leave(begun);
    } else {
      store();
    }
  }

  private void store() {
    loop.store();
    loop.backOff();
  }

  private static boolean isQuick(long start) {
    return System.nanoTime() - start < QUICK_NANOS;
  }

  /** A store whose reply was lost has to be looked for before the operation is applied again. */
  private boolean isAlone() {
    return alone || !pending.indeterminate().isEmpty();
  }

  private boolean mayBeginGroup() {
    return !isAlone()
        && pending.isOpen()
        && pending.isApplied()
        && pending.command() != null
        && isPlain();
  }

  /**
   * Whether the outcome is valid if and only if the change takes place, and leaves no tags, which
   * the next operation would have to check.
   */
  private boolean isPlain() {
    return !pending.isBestEffort()
        && !pending.outcome().isOptional()
        && pending.outcome().writeThrough() == null
        && pending.snapshot().tags().isEmpty()
        && !call.callStack().hasChanged(pending.key().wire());
  }

  /** Applies the operation to the state that a group will store, and joins the group. */
  private void attemptNext(Handle<Group<K, V>> lock, Group<K, V> left) {
    Snapshot<V> state = left.snapshot(parts.clock().millis());
    if (parts.leases() != null && pending.operation().needsLease(state)) {
      groupCommit.settleLeft(lock);
      return;
    }
    long start = System.nanoTime();
    boolean isApplied = applyTo(state, left);
    if (isApplied && mayJoin() && join(left)) {
      if (!lock.hasWaiters() || !isQuick(start) || !left.hasRoom()) {
        lock.leave(null);
        conclude(groupCommit.settle(left));
      }
      return;
    }
    lock.leave(null);
    Verdict verdict = groupCommit.settle(left);
    if (!isApplied) {
      pending.forget();
    } else if (verdict != null && verdict.result() == Result.STORED) {
      storeAfter(state);
    } else {
      lose();
    }
  }

  /** Stores the operation, which was applied to a state that should be stored by now. */
  private void storeAfter(Snapshot<V> state) {
    pending.forgetSnapshot();
    loop.readEntries();
    if (pending.isOpen() && pending.hasSnapshot() && pending.snapshot().isSameAs(state)) {
      loop.prepare(pending);
      store();
    } else if (pending.isOpen()) {
      lose();
    }
  }

  private void lose() {
    call.lose(pending);
    loop.backOff();
  }

  /**
   * Applies the operation to a state that is not stored yet. If the application calls a cache, the
   * state is stored first, so that the call finds it.
   *
   * @return false if it has failed, which it must only because of what is stored
   */
  private boolean applyTo(Snapshot<V> state, Group<K, V> left) {
    pending.setSnapshot(state);
    try {
      call.callStack().run(this::applyAndPrepare, () -> groupCommit.settle(left));
      return true;
    } catch (RuntimeException e) {
      return false;
    }
  }

  private void applyAndPrepare() {
    pending.apply(parts.clock().millis());
    pending.prepare(parts.format(), parts.clock().millis());
  }

  private boolean mayJoin() {
    boolean isChange = pending.command() != null;
    return isPlain() && (isChange || pending.outcome().mutation() instanceof Mutation.Keep);
  }

  private boolean join(Group<K, V> joined) {
    Member self = new Member(enlistment());
    if (!joined.join(self, pending)) {
      return false;
    }
    group = joined;
    member = self;
    return true;
  }

  /** Enlists the events, in whatever thread stores them; null if there are none. */
  private @Nullable Runnable enlistment() {
    if (!pending.hasEvents()) {
      return null;
    }
    Outcome<K, V, R> outcome = pending.outcome();
    long bytes = pending.bytes();
    return DaemonThreads.inContextOfCaller(
        () -> {
          call.events().add(pending.key().wire(), outcome.events(), bytes);
          call.events().enlist();
        });
  }

  /** Waits for the others, if the operation is part of a group; not while holding the lock. */
  private void awaitVerdict() {
    Group<K, V> joined = group;
    if (joined != null) {
      Verdict verdict = joined.await(PATIENCE_NANOS);
      conclude(verdict != null ? verdict : groupCommit.settle(joined));
    }
  }

  /**
   * Ends the membership in the group.
   *
   * @param reached what has become of the group; null if that takes too long
   */
  private void conclude(@Nullable Verdict reached) {
    Verdict verdict =
        reached != null
            ? reached
            : Objects.requireNonNull(group).leave(Objects.requireNonNull(member), tooLate());
    group = null;
    member = null;
    boolean isChange = pending.command() != null;
    switch (verdict.result()) {
      case STORED -> succeed(isChange);
      case LOST -> lose();
      case REFUSED, UNKNOWN -> {
        // What concerns only one of the members, or none that changes nothing, shows when it is
        // alone.
        alone = true;
        StoreException cause = verdict.cause();
        if (isChange && cause != null && concernsAll(cause)) {
          fail(cause);
        } else {
          pending.forget();
        }
      }
    }
  }

  private void succeed(boolean isChange) {
    if (isChange) {
      CallStack.recordChange(pending.key().wire());
      boolean unused = pending.endLease();
    }
    call.complete(pending, pending.outcome());
  }

  private static boolean concernsAll(StoreException cause) {
    return cause.isOutcomeUnknown()
        || cause.reason() == Reason.TIMEOUT
        || cause.reason() == Reason.UNREACHABLE;
  }

  /** Fails the operation, with an exception of its own: the cause is that of all members. */
  private void fail(StoreException cause) {
    if (cause.isOutcomeUnknown()) {
      pending.indeterminate(pending.outcome(), cause.copy());
      call.failures().outcomeUnknown(pending);
    } else {
      call.failures().storeFailed(pending, cause.copy(), null);
    }
  }

  private static StoreException tooLate() {
    return StoreException.outcomeUnknown(
        Reason.TIMEOUT, "another thread takes too long to store the entry", null);
  }
}
