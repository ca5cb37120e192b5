package org.jcachememcached.internal.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jcachememcached.api.CodecException;
import org.jcachememcached.internal.management.StatisticsDelta;
import org.jcachememcached.internal.store.Command;
import org.jcachememcached.internal.store.ItemStore;
import org.jcachememcached.internal.store.Reply;
import org.jcachememcached.internal.store.StoreException;
import org.jspecify.annotations.Nullable;

/**
 * One call to the cache, with one operation or many, from the first read to the last store.
 *
 * <p>It runs the compare-and-set loop: read, apply, call the writer, store if nothing has changed,
 * and again for the operations that lost the race. Statistics and events are those of the attempt
 * that won. A conditional store whose reply was lost is not repeated blindly: the next read shows
 * whether it happened. The operations of one call are independent of each other: the failure of one
 * does not keep the others from being carried out. Not thread-safe.
 */
final class CasLoop<K, V, R extends @Nullable Object> {

  private final EngineParts<K, V> parts;
  private final CommitOrder commits;
  private final List<PendingOperation<K, V, R>> operations;
  private final StoreSession session;
  private final StatisticsDelta delta = new StatisticsDelta();
  private final FailureHandler<K, V, R> failures;
  private final WriterStep<K, V, R> writerStep;
  private final CallEvents<K, V> events;
  private final VainTouches vainTouches;
  private final CallStack callStack = new CallStack(this::isOpen);

  CasLoop(
      EngineParts<K, V> parts,
      CommitOrder commits,
      StoreSession session,
      List<PendingOperation<K, V, R>> operations) {
    this.parts = parts;
    this.commits = commits;
    this.session = session;
    this.operations = operations;
    this.failures = new FailureHandler<>(parts, session, delta);
    this.writerStep = new WriterStep<>(parts.writer(), failures);
    this.events = new CallEvents<>(parts.publisher());
    this.vainTouches = new VainTouches(session);
  }

  /** What the call adds to the statistics. */
  StatisticsDelta delta() {
    return delta;
  }

  FailureHandler<K, V, R> failures() {
    return failures;
  }

  CallEvents<K, V> events() {
    return events;
  }

  CallStack callStack() {
    return callStack;
  }

  boolean isOpen() {
    for (PendingOperation<K, V, R> pending : operations) {
      if (pending.isOpen()) {
        return true;
      }
    }
    return false;
  }

  private boolean isOpen(String key) {
    return operations.stream().anyMatch(a -> a.isOpen() && a.key().wire().equals(key));
  }

  /**
   * The results, in the order of the operations; throws the exception of the call if one of them
   * failed.
   */
  List<R> results() {
    RuntimeException failure = failures.failure();
    if (failure != null) {
      throw failure;
    }
    List<R> results = new ArrayList<>(operations.size());
    for (PendingOperation<K, V, R> pending : operations) {
      results.add(pending.result());
    }
    return results;
  }

  /** Completes the operations that are possible without reading the entry; the others stay open. */
  void sendBlindWrites() {
    RoundTrip round = newRound();
    long now = parts.clock().millis();
    for (PendingOperation<K, V, R> pending : operations) {
      BlindWrite<K, V, R> blindWrite = pending.operation().blindWrite(now);
      if (blindWrite != null) {
        try {
          Command command =
              blindWrite.command(parts.format(), pending.key(), pending.newWriteId());
          if (command != null) {
            round.add(command, reply -> onBlindReply(pending, blindWrite, reply));
          }
        } catch (CodecException e) {
          failures.cannotBeEncoded(pending, e, blindWrite.removal(pending.key()));
        }
      }
    }
    round.send();
  }

  private RoundTrip newRound() {
    return new RoundTrip(session, parts.limits().pageSize());
  }

  private void onBlindReply(
      PendingOperation<K, V, R> pending, BlindWrite<K, V, R> blindWrite, Reply reply) {
    StoreException refusal = reply.failure();
    if (refusal == null) {
      Outcome<K, V, R> outcome = blindWrite.verdict().apply(reply);
      if (outcome != null
          && failures.isTakenBack(pending, blindWrite.inverse(pending.key(), outcome))) {
        recordChange(pending, reply);
        complete(pending, outcome);
      }
      return;
    }
    if (blindWrite.maySkipItem() && failures.skipsItem(pending, refusal)) {
      // The result depends on the entry, or an outdated one has to be removed: read it first.
      return;
    }
    Outcome<K, V, R> wanted =
        blindWrite.isRecognizable() ? blindWrite.verdict().apply(Reply.DONE) : null;
    if (refusal.isOutcomeUnknown() && wanted != null) {
      pending.indeterminate(wanted, refusal);
    } else {
      failures.storeFailed(pending, refusal, blindWrite.removal(pending.key()));
    }
  }

  /** Carries out the open operations, as many at a time as fit in memory. */
  void loop() {
    while (isOpen()) {
      runRound();
    }
  }

  /** The same while no lock is held: the listeners are called after each round. */
  void loopAndPublish() {
    while (isOpen()) {
      runRound();
      settle();
    }
  }

  private void runRound() {
    readEntries();
    apply();
    store();
    backOff();
  }

  /** Pauses if an operation has lost a race, and fails those that have lost too many. */
  void backOff() {
    int most = 0;
    for (PendingOperation<K, V, R> pending : operations) {
      if (pending.isOpen() && pending.losses() >= parts.limits().maxAttempts()) {
        failures.lostTooOften(pending, pending.losses());
      } else if (pending.isOpen()) {
        most = Math.max(most, pending.losses());
      }
    }
    if (most > 0) {
      parts.backoff().pause(most);
    }
  }

  /** Reads entries that have not been read, unless some that were read are still to be applied. */
  void readEntries() {
    commits.inOrder(keysWhere(PendingOperation::mayTurnOutToHaveEvents), this::readPage);
  }

  private void readPage() {
    RoundTrip round = newRound();
    int room = parts.limits().pageSize().next();
    for (PendingOperation<K, V, R> pending : operations) {
      if (pending.isOpen() && pending.hasSnapshot()) {
        return;
      }
      if (pending.isOpen() && room-- > 0) {
        Command.Get read = pending.read(parts.clock().millis());
        round.add(read, reply -> onRead(pending, read, reply));
      }
    }
    round.send();
    events.enlist();
  }

  private void onRead(PendingOperation<K, V, R> pending, Command.Get read, Reply reply) {
    if (reply.status() == Reply.Status.DEFERRED) {
      return;
    }
    if (reply.failure() != null) {
      failures.storeFailed(pending, reply.failure(), null);
      return;
    }
    pending.setSnapshot(
        parts.format().snapshot(pending.key(), reply.item(), parts.clock().millis()));
    if (read.touches()) {
      pending.snapshot().setTouched(reply.item());
    }
    for (IndeterminateWrite<K, V, R> indeterminate : pending.indeterminate()) {
      switch (indeterminate.resolve(pending.snapshot())) {
        case DONE -> succeed(pending, indeterminate.outcome());
        case UNKNOWN -> failures.outcomeUnknown(pending);
        case NOT_DONE -> {}
      }
      if (!pending.isOpen()) {
        return;
      }
    }
  }

  /** Discards what was read, because another thread may have changed it since. */
  void forget() {
    operations.forEach(PendingOperation::forget);
  }

  /** Applies the operations to what was read, and calls the writer. */
  void apply() {
    callStack.run(this::applyAndWriteThrough);
  }

  private void applyAndWriteThrough() {
    applyEach();
    writerStep.run(operations);
  }

  private void applyEach() {
    long bytes = 0;
    long largest = 0;
    for (PendingOperation<K, V, R> pending : operations) {
      if (pending.isOpen() && pending.hasSnapshot() && bytes + largest <= ItemStore.ANSWER_BYTES) {
        try {
          vainTouches.addIfVain(pending);
          pending.apply(parts.clock().millis());
          prepare(pending);
          bytes += pending.itemBytes();
          largest = Math.max(largest, pending.itemBytes());
        } catch (RuntimeException e) {
          failures.operationFailed(pending, e);
        }
      }
    }
  }

  /** Encodes the command of an applied operation. */
  void prepare(PendingOperation<K, V, R> pending) {
    try {
      pending.prepare(parts.format(), parts.clock().millis());
    } catch (CodecException e) {
      failures.cannotBeEncoded(pending, e, pending.removal());
    }
  }

  /** Sends the mutations, on condition that the entries have not changed since they were read. */
  void store() {
    do {
      commits.inOrder(keysWhere(PendingOperation::hasEvents), this::storeAtOnce);
      // Repeated for the operations whose item was too large.
    } while (!keysWhere(PendingOperation::isApplied).isEmpty());
  }

  private void storeAtOnce() {
    RoundTrip round = newRound();
    for (PendingOperation<K, V, R> pending : operations) {
      if (pending.isOpen() && pending.isApplied()) {
        Command command = pending.command();
        if (command == null) {
          succeed(pending, pending.outcome());
        } else if (pending.isBestEffort() && CallStack.isPending(pending.key().wire())) {
          // It would make the enclosing call lose the race.
          complete(pending, pending.outcome());
        } else {
          round.add(command, reply -> onStoreReply(pending, reply));
        }
      }
    }
    round.send();
    events.enlist();
  }

  private List<String> keysWhere(Predicate<PendingOperation<K, V, R>> condition) {
    List<String> keys = List.of();
    for (PendingOperation<K, V, R> pending : operations) {
      if (pending.isOpen() && condition.test(pending)) {
        if (keys.isEmpty()) {
          keys = new ArrayList<>();
        }
        keys.add(pending.key().wire());
      }
    }
    return keys;
  }

  private void onStoreReply(PendingOperation<K, V, R> pending, Reply reply) {
    StoreException refusal = reply.failure();
    if (reply.status() == Reply.Status.DONE) {
      recordChange(pending, reply);
      succeed(pending, pending.outcome());
    } else if (failures.skipsItem(pending, refusal)) {
      prepare(pending);
    } else if (pending.isBestEffort() || (refusal == null && pending.outcome().isOptional())) {
      // The result is valid anyway; a change that did not happen has no event.
      complete(pending, pending.outcome());
    } else if (refusal == null) {
      lose(pending);
    } else if (refusal.isOutcomeUnknown()) {
      pending.indeterminate(pending.outcome(), refusal);
    } else {
      failures.storeFailed(pending, refusal, pending.removal());
    }
  }

  private void recordChange(PendingOperation<K, V, R> pending, Reply reply) {
    if (reply.isChange()) {
      CallStack.recordChange(pending.key().wire());
      vainTouches.forget(pending.key().wire());
    }
  }

  /**
   * Another client was faster. Application code that changes the entry itself may do so once only.
   */
  void lose(PendingOperation<K, V, R> pending) {
    if (!callStack.hasChanged(pending.key().wire())) {
      pending.lose();
    } else if (pending.loseToItself() > 1) {
      failures.lostToItself(pending);
    }
  }

  private void succeed(PendingOperation<K, V, R> pending, Outcome<K, V, R> outcome) {
    complete(pending, outcome);
    events.add(pending.key().wire(), outcome.events(), pending.bytes());
  }

  /** The outcome is final. */
  void complete(PendingOperation<K, V, R> pending, Outcome<K, V, R> outcome) {
    failures.reportIgnored(pending);
    if (outcome.failure() != null) {
      failures.record(outcome.failure());
    }
    pending.complete(outcome);
    delta.add(outcome.delta());
    if (outcome.writeThrough() == null) {
      failures.invalidateIfWritten(pending);
    }
  }

  /**
   * Ends the call, to be called while no lock is held: invalidates what an error has interrupted,
   * and publishes the events of what has happened nevertheless.
   */
  void end() {
    try {
      for (PendingOperation<K, V, R> pending : operations) {
        if (pending.isOpen()) {
          failures.aborted(pending);
        }
      }
    } finally {
      settle();
    }
  }

  /** Undoes vain touches and calls the listeners; to be called while no lock is held. */
  private void settle() {
    vainTouches.undo();
    events.publish(failures::record);
  }
}
