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
 * One call to the cache, of one operation or of many, from the first look to the last store.
 *
 * <p>Its heart is the compare-and-set loop: look, apply, tell the writer, store on condition that
 * nothing has changed, and once more for those that lost the race. Statistics and events are those
 * of the round that won. A conditional store whose answer was lost is not repeated blindly: the
 * next look tells whether it happened. Operations of one call do not depend on each other: one that
 * fails keeps none of the others from being carried out. Not thread-safe.
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
  }

  /** What the statistics gain. */
  StatisticsDelta delta() {
    return delta;
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

  /** The answers, in the order of the operations; if one of them failed, its exception. */
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

  /** Decides what blind commands can decide; the rest stays open. */
  void sendBlindWrites() {
    RoundTrip round = newRound();
    long now = parts.clock().millis();
    for (PendingOperation<K, V, R> pending : operations) {
      BlindWrite<K, V, R> blindWrite = pending.operation().blindWrite(now);
      if (blindWrite != null) {
        try {
          round.add(
              blindWrite.command(parts.format(), pending.key(), pending.newWriteId()),
              reply -> judge(pending, blindWrite, reply));
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

  private void judge(
      PendingOperation<K, V, R> pending, BlindWrite<K, V, R> blindWrite, Reply reply) {
    StoreException refusal = reply.failure();
    if (refusal == null) {
      Outcome<K, V, R> outcome = blindWrite.verdict().apply(reply.status());
      if (outcome != null) {
        tellOfChange(pending, reply);
        decide(pending, outcome);
      }
      return;
    }
    if (failures.leavesOut(pending, refusal)) {
      // The answer depends on the entry, or there is an older one to remove: that needs a look.
      return;
    }
    Outcome<K, V, R> wanted =
        blindWrite.isConditional() ? blindWrite.verdict().apply(Reply.Status.DONE) : null;
    if (refusal.isOutcomeUnknown() && wanted != null) {
      pending.indeterminate(wanted, refusal);
    } else {
      failures.storeFailed(pending, refusal, blindWrite.removal(pending.key()));
    }
  }

  /** Carries out whatever is open, as much at a time as memory has to hold at once. */
  void loop() {
    while (isOpen()) {
      goRound();
    }
  }

  /** The same while nothing is held: the listeners are told as it goes on. */
  void loopAndPublish() {
    while (isOpen()) {
      goRound();
      publish();
    }
  }

  private void goRound() {
    look();
    callStack.around(this::applyAndWriteThrough);
    store();
    faceLosses();
  }

  private void faceLosses() {
    int most = 0;
    for (PendingOperation<K, V, R> pending : operations) {
      if (pending.isOpen() && pending.losses() >= parts.limits().attempts()) {
        failures.lostTooOften(pending, pending.losses());
      } else if (pending.isOpen()) {
        most = Math.max(most, pending.losses());
      }
    }
    if (most > 0) {
      parts.backoff().pause(most);
    }
  }

  /** Looks at what has not been seen, unless something that was seen is still to be applied. */
  void look() {
    commits.inOrder(keysWhere(PendingOperation::mayTurnOutToHaveEvents), this::lookAtOnce);
  }

  private void lookAtOnce() {
    RoundTrip round = newRound();
    int room = parts.limits().pageSize().next();
    for (PendingOperation<K, V, R> pending : operations) {
      if (pending.isOpen() && pending.hasSeen()) {
        return;
      }
      if (pending.isOpen() && room-- > 0) {
        round.add(new Command.Get(pending.key().wire()), reply -> see(pending, reply));
      }
    }
    round.send();
    events.enlist();
  }

  private void see(PendingOperation<K, V, R> pending, Reply reply) {
    if (reply.status() == Reply.Status.DEFERRED) {
      return;
    }
    if (reply.failure() != null) {
      failures.storeFailed(pending, reply.failure(), null);
      return;
    }
    pending.see(parts.format().snapshot(pending.key(), reply.item(), parts.clock().millis()));
    for (IndeterminateWrite<K, V, R> indeterminate : pending.indeterminate()) {
      switch (indeterminate.find(pending.seen())) {
        case DONE -> win(pending, indeterminate.outcome());
        case UNKNOWN -> failures.outcomeUnknown(pending);
        case NOT_DONE -> {}
      }
      if (!pending.isOpen()) {
        return;
      }
    }
  }

  /** Forgets what was seen, because somebody has worked on it since. */
  void forget() {
    operations.forEach(PendingOperation::forget);
  }

  private void applyAndWriteThrough() {
    apply();
    writerStep.run(operations);
  }

  private void apply() {
    long bytes = 0;
    long largest = 0;
    for (PendingOperation<K, V, R> pending : operations) {
      if (pending.isOpen() && pending.hasSeen() && bytes + largest <= ItemStore.ANSWER_BYTES) {
        try {
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

  private void prepare(PendingOperation<K, V, R> pending) {
    try {
      pending.prepare(parts.format(), parts.clock().millis());
    } catch (CodecException e) {
      failures.cannotBeEncoded(pending, e, pending.removal());
    }
  }

  /** Stores what is wanted, on condition that the entries are still what was seen. */
  private void store() {
    do {
      commits.inOrder(keysWhere(PendingOperation::hasEvents), this::storeAtOnce);
      // What is left are those that have to go on without their item.
    } while (!keysWhere(PendingOperation::isApplied).isEmpty());
  }

  private void storeAtOnce() {
    RoundTrip round = newRound();
    for (PendingOperation<K, V, R> pending : operations) {
      if (pending.isOpen() && pending.isApplied()) {
        Command command = pending.command();
        if (command == null) {
          win(pending, pending.outcome());
        } else if (pending.isCourtesy() && CallStack.isUnderWay(pending.key().wire())) {
          // It would make the call around this one lose the race.
          decide(pending, pending.outcome());
        } else {
          round.add(command, reply -> conclude(pending, reply));
        }
      }
    }
    round.send();
    events.enlist();
  }

  private List<String> keysWhere(Predicate<PendingOperation<K, V, R>> condition) {
    List<String> keys = new ArrayList<>(0);
    for (PendingOperation<K, V, R> pending : operations) {
      if (pending.isOpen() && condition.test(pending)) {
        keys.add(pending.key().wire());
      }
    }
    return keys;
  }

  private void conclude(PendingOperation<K, V, R> pending, Reply reply) {
    StoreException refusal = reply.failure();
    if (reply.status() == Reply.Status.DONE) {
      tellOfChange(pending, reply);
      win(pending, pending.outcome());
    } else if (failures.leavesOut(pending, refusal)) {
      prepare(pending);
    } else if (pending.isCourtesy() || (refusal == null && pending.outcome().isOptional())) {
      // The answer stands; what did not come to pass needs no event.
      decide(pending, pending.outcome());
    } else if (refusal == null) {
      lose(pending);
    } else if (refusal.isOutcomeUnknown()) {
      pending.indeterminate(pending.outcome(), refusal);
    } else {
      failures.storeFailed(pending, refusal, pending.removal());
    }
  }

  private void tellOfChange(PendingOperation<K, V, R> pending, Reply reply) {
    if (reply.status() == Reply.Status.DONE) {
      CallStack.tellOfChange(pending.key().wire());
    }
  }

  /** Somebody else was faster. Code of the application that does so once may not do so again. */
  private void lose(PendingOperation<K, V, R> pending) {
    if (!callStack.hasChanged(pending.key().wire())) {
      pending.lose();
    } else if (pending.loseToItself() > 1) {
      failures.lostToItself(pending);
    }
  }

  private void win(PendingOperation<K, V, R> pending, Outcome<K, V, R> outcome) {
    decide(pending, outcome);
    events.add(pending.key().wire(), outcome.events(), pending.bytes());
  }

  private void decide(PendingOperation<K, V, R> pending, Outcome<K, V, R> outcome) {
    failures.reportPassedOver(pending);
    if (outcome.failure() != null) {
      failures.note(outcome.failure());
    }
    pending.decide(outcome);
    delta.add(outcome.delta());
    if (outcome.writeThrough() == null) {
      failures.withdrawWhatWriterKnows(pending);
    }
  }

  /**
   * Ends the call, to be called while nothing is held: withdraws what an error has broken off, and
   * tells the listeners of what has happened nevertheless.
   */
  void end() {
    try {
      for (PendingOperation<K, V, R> pending : operations) {
        if (pending.isOpen()) {
          failures.brokenOff(pending);
        }
      }
    } finally {
      publish();
    }
  }

  /** Tells the listeners of what has happened; to be called while nothing is held. */
  private void publish() {
    events.publish(failures::note);
  }
}
