package org.jcachememcached.internal.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jcachememcached.internal.jfr.FlightRecorder;
import org.jcachememcached.internal.management.StatisticsDelta;
import org.jcachememcached.internal.store.Reply;
import org.jspecify.annotations.Nullable;

/**
 * One call to the cache, with one operation or many, and what becomes of them.
 *
 * <p>Statistics and events are those of the attempt that won. The operations of one call are
 * independent of each other: the failure of one does not keep the others from being carried out.
 * Not thread-safe.
 */
final class Call<K, V, R extends @Nullable Object> {

  private final EngineParts<K, V> parts;
  private final StoreSession session;
  private final List<PendingOperation<K, V, R>> operations;
  private final RoundTrip round;
  private final StatisticsDelta delta = new StatisticsDelta();
  private final FailureHandler<K, V, R> failures;
  private final CallEvents<K, V> events;
  private final NearStep<K, V, R> nearStep;
  private final VainTouches vainTouches;
  private final CallStack callStack = new CallStack(this::isOpen);

  Call(EngineParts<K, V> parts, StoreSession session, List<PendingOperation<K, V, R>> operations) {
    this.parts = parts;
    this.session = session;
    this.operations = operations;
    this.round = new RoundTrip(session, parts.limits().pageSize());
    this.failures = new FailureHandler<>(parts, session, round, delta);
    this.events = new CallEvents<>(parts.publisher());
    this.nearStep = new NearStep<>(this);
    this.vainTouches = new VainTouches(round);
  }

  EngineParts<K, V> parts() {
    return parts;
  }

  StoreSession session() {
    return session;
  }

  List<PendingOperation<K, V, R>> operations() {
    return operations;
  }

  /** Collects the commands of the next round trip. */
  RoundTrip round() {
    return round;
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

  NearStep<K, V, R> nearStep() {
    return nearStep;
  }

  VainTouches vainTouches() {
    return vainTouches;
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

  /** The keys of the open operations of which the condition is true. */
  List<String> keysWhere(Predicate<PendingOperation<K, V, R>> condition) {
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

  /** The time that the call has spent in a loader, in nanoseconds. */
  long loadNanos() {
    return operations.stream().mapToLong(pending -> pending.operation().loadNanos()).sum();
  }

  /** Discards what was read, because another thread may have changed it since. */
  void forget() {
    operations.forEach(PendingOperation::forget);
  }

  /** Records with the enclosing calls that the entry has changed, if it has. */
  void recordChange(PendingOperation<K, V, R> pending, Reply reply) {
    if (reply.isChange()) {
      CallStack.recordChange(pending.key().wire());
      vainTouches.forget(pending.key().wire());
    }
  }

  /**
   * Another client was faster. Application code that changes the entry itself may do so once only.
   */
  void lose(PendingOperation<K, V, R> pending) {
    if (pending.endLease()) {
      delta.lostLease();
    }
    FlightRecorder.lostRace(pending.key().wire(), pending.losses() + 1);
    if (!callStack.hasChanged(pending.key().wire())) {
      pending.lose();
    } else if (pending.loseToItself() > 1) {
      failures.lostToItself(pending);
    }
  }

  /**
   * Fails the operations that have lost too many races.
   *
   * @return how many races at most one of the others has lost
   */
  int giveUpLosers() {
    int most = 0;
    for (PendingOperation<K, V, R> pending : operations) {
      if (pending.isOpen() && pending.losses() >= parts.limits().maxAttempts()) {
        failures.lostTooOften(pending, pending.losses());
      } else if (pending.isOpen()) {
        most = Math.max(most, pending.losses());
      }
    }
    return most;
  }

  /** The outcome is final, and its events have happened. */
  void succeed(PendingOperation<K, V, R> pending, Outcome<K, V, R> outcome) {
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

  /** Gives up what is not completed, because an error has interrupted the call. */
  void abort() {
    for (PendingOperation<K, V, R> pending : operations) {
      if (pending.isOpen()) {
        failures.aborted(pending);
      }
    }
  }

  /** Calls the listeners; to be called while no lock is held. */
  void publish() {
    // A listener that reads the cache finds the change.
    nearStep.announceChanges();
    events.publish(failures::record);
  }
}
