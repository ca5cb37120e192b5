package org.jcachememcached.internal.engine;

import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The compare-and-set loop of one call, in the thread of the caller: read, apply, call the writer,
 * store if nothing has changed, and again for the operations that lost the race. A conditional
 * store whose reply was lost is not repeated blindly: the next read shows whether it happened. The
 * same loop that does not wait is {@link AsynchronousLoop}. Not thread-safe.
 */
final class CasLoop<K, V, R extends @Nullable Object> {

  private final Call<K, V, R> call;
  private final CommitOrder commits;
  private final TagStep<K, V, R> tagStep;
  private final BlindStep<K, V, R> blindStep;
  private final ReadStep<K, V, R> readStep;
  private final LeaseStep<K, V, R> leaseStep;
  private final ApplyStep<K, V, R> applyStep;
  private final StoreStep<K, V, R> storeStep;

  CasLoop(Call<K, V, R> call, CommitOrder commits) {
    this.call = call;
    this.commits = commits;
    this.tagStep = new TagStep<>(call);
    this.blindStep = new BlindStep<>(call);
    this.readStep = new ReadStep<>(call);
    this.leaseStep = new LeaseStep<>(call, readStep);
    this.applyStep = new ApplyStep<>(call);
    this.storeStep = new StoreStep<>(call, applyStep);
  }

  Call<K, V, R> call() {
    return call;
  }

  /** Completes the operations that are possible without reading the entry; the others stay open. */
  void sendBlindWrites() {
    tagStep.beforeBlindWrites();
    askForTags();
    while (blindStep.addNext()) {
      call.round().sendOnce();
    }
  }

  /** Carries out the open operations, as many at a time as fit in memory. */
  void run() {
    while (call.isOpen()) {
      attempt();
    }
  }

  /** The same while no lock is held: the listeners are called after each round. */
  void runAndPublish() {
    while (call.isOpen()) {
      attempt();
      settle();
    }
  }

  private void attempt() {
    readEntries();
    apply();
    store();
    backOff();
  }

  /**
   * Reads entries that have not been read, unless some that were read are still to be applied, and
   * the versions of their tags.
   */
  void readEntries() {
    commits.inOrder(readStep.keysInOrder(), () -> sendAndEnlist(readStep::add));
    checkTags();
  }

  private void checkTags() {
    tagStep.afterReads();
    askForTags();
  }

  private void askForTags() {
    while (tagStep.addNext()) {
      tagStep.round().sendOnce();
    }
  }

  /**
   * Takes the leases of entries that are about to be loaded, applies the operations to what was
   * read, and calls the writer. Operations that wait for the value of another call are not applied.
   */
  void apply() {
    takeLeases();
    applyStep.run();
  }

  private void takeLeases() {
    leaseStep.add();
    call.round().send();
    while (leaseStep.isToBeRepeated()) {
      checkTags();
      leaseStep.add();
      call.round().send();
    }
  }

  /** Encodes the command of an applied operation. */
  void prepare(PendingOperation<K, V, R> pending) {
    applyStep.prepare(pending);
  }

  /** Sends the mutations, on condition that the entries have not changed since they were read. */
  void store() {
    do {
      commits.inOrder(storeStep.keysInOrder(), () -> sendAndEnlist(storeStep::add));
    } while (storeStep.isToBeRepeated());
  }

  private void sendAndEnlist(Runnable commands) {
    commands.run();
    call.round().send();
    call.events().enlist();
  }

  /**
   * Pauses if an operation has lost a race or waits for the value of another call, and fails those
   * that have lost too many.
   */
  void backOff() {
    int lost = call.giveUpLosers();
    if (lost > 0) {
      call.parts().backoff().pause(lost);
    }
    long nanos = leaseStep.nanosUntilPoll();
    if (nanos > 0) {
      LockSupport.parkNanos(nanos);
    }
  }

  /**
   * Ends the call, to be called while no lock is held: invalidates what an error has interrupted,
   * and publishes the events of what has happened nevertheless.
   */
  void end() {
    try {
      call.abort();
    } finally {
      settle();
    }
  }

  /**
   * Undoes vain touches, ends leases and calls the listeners; to be called while no lock is held.
   */
  private void settle() {
    call.vainTouches().undo();
    leaseStep.release();
    call.round().send();
    call.publish();
  }
}
