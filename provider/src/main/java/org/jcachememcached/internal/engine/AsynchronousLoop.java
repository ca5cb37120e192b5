package org.jcachememcached.internal.engine;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import org.jcachememcached.internal.engine.KeyTurns.Turn;
import org.jcachememcached.internal.store.Reply;
import org.jcachememcached.internal.thread.DaemonThreads;
import org.jcachememcached.internal.thread.Delays;
import org.jspecify.annotations.Nullable;

/**
 * The compare-and-set loop of one call without waiting: the same steps as those of {@link CasLoop},
 * each in the thread of an executor. The first request is sent in the thread of the caller; no step
 * ever runs in the thread that does the I/O.
 *
 * <p>Calls for one key that would wait for its lock take turns instead. After the longest wait a
 * call proceeds without its turn, and the compare-and-set decides. One step at a time, in any
 * thread.
 *
 * @param <R> the type of the results
 */
final class AsynchronousLoop<K, V, R extends @Nullable Object> {

  private final Call<K, V, R> call;
  private final CommitOrder commits;
  private final KeyTurns turns;
  private final TurnPatience patience;
  private final Executor executor;
  private final Runnable whenEnded;
  private final CompletableFuture<List<R>> result = new CompletableFuture<>();
  private final TagStep<K, V, R> tagStep;
  private final BlindStep<K, V, R> blindStep;
  private final ReadStep<K, V, R> readStep;
  private final LeaseStep<K, V, R> leaseStep;
  private final ApplyStep<K, V, R> applyStep;
  private final StoreStep<K, V, R> storeStep;
  private final @Nullable ClassLoader contextOfCaller =
      Thread.currentThread().getContextClassLoader();
  private final @Nullable CallStack enclosing = CallStack.current();
  private Runnable endOfOrder = () -> {};
  private @Nullable Turn turn;
  private int endsBefore;
  private boolean ending;
  private boolean ended;

  /**
   * @param commits orders the changes that have events
   * @param turns of the operations that would wait for the lock of their key
   * @param patience limits how long they wait
   * @param executor runs the steps, and completes the result
   * @param whenEnded runs once, before the result is completed
   */
  AsynchronousLoop(
      Call<K, V, R> call,
      CommitOrder commits,
      KeyTurns turns,
      TurnPatience patience,
      Executor executor,
      Runnable whenEnded) {
    this.call = call;
    this.commits = commits;
    this.turns = turns;
    this.patience = patience;
    this.executor = executor;
    this.whenEnded = whenEnded;
    this.tagStep = new TagStep<>(call);
    this.blindStep = new BlindStep<>(call);
    this.readStep = new ReadStep<>(call);
    this.leaseStep = new LeaseStep<>(call, readStep);
    this.applyStep = new ApplyStep<>(call);
    this.storeStep = new StoreStep<>(call, applyStep);
  }

  /**
   * Begins the call.
   *
   * @return the results; cancelling it keeps the steps from being carried out that have not begun
   */
  CompletableFuture<List<R>> start() {
    attempt(this::begin);
    return result;
  }

  private void begin() {
    call.nearStep().begin();
    tagStep.beforeBlindWrites();
    askForTags(this::sendBlindWrites);
  }

  private void askForTags(Runnable next) {
    if (tagStep.addNext()) {
      sendOnce(tagStep.round(), () -> askForTags(next));
    } else {
      next.run();
    }
  }

  private void sendBlindWrites() {
    if (blindStep.addNext()) {
      sendOnce(call.round(), this::sendBlindWrites);
    } else if (isSingle() && single().operation().needsKeyLock(null)) {
      takeTurn(this::read);
    } else {
      read();
    }
  }

  private boolean isSingle() {
    return call.operations().size() == 1 && call.isOpen();
  }

  private PendingOperation<K, V, R> single() {
    return call.operations().get(0);
  }

  private void read() {
    if (!call.isOpen() || result.isCancelled()) {
      end();
    } else {
      if (isSingle()) {
        endsBefore = turns.ends(single().key().wire());
      }
      inOrder(
          readStep.keysInOrder(),
          () -> {
            readStep.add();
            sendAndEnlist(this::checkTags);
          });
    }
  }

  private void checkTags() {
    tagStep.afterReads();
    askForTags(this::afterRead);
  }

  private void afterRead() {
    if (turn == null
        && isSingle()
        && single().hasSnapshot()
        && single().operation().needsKeyLock(single().snapshot())) {
      takeTurn(this::readUnlessFirst);
    } else {
      apply();
    }
  }

  /** Continues with what was read, unless other calls have had their turn since. */
  private void readUnlessFirst() {
    if (turns.ends(single().key().wire()) == endsBefore) {
      apply();
    } else {
      call.forget();
      read();
    }
  }

  private void apply() {
    if (result.isCancelled()) {
      end();
    } else {
      takeLeases();
    }
  }

  private void takeLeases() {
    leaseStep.add();
    send(
        () -> {
          if (leaseStep.isToBeRepeated()) {
            tagStep.afterReads();
            askForTags(this::takeLeases);
          } else {
            applyToEntries();
          }
        });
  }

  private void applyToEntries() {
    applyStep.run();
    store();
  }

  private void store() {
    inOrder(
        storeStep.keysInOrder(),
        () -> {
          storeStep.add();
          sendAndEnlist(this::afterStore);
        });
  }

  private void afterStore() {
    if (storeStep.isToBeRepeated()) {
      store();
      return;
    }
    int lost = call.giveUpLosers();
    settle(() -> goOnAfter(lost));
  }

  private void goOnAfter(int lost) {
    if (turn == null) {
      call.publish();
    }
    long pause = lost > 0 ? call.parts().backoff().nanos(lost) : 0;
    pause = Math.max(pause, leaseStep.nanosUntilPoll());
    if (pause > 0) {
      Future<?> unused = Delays.runAfter(pause, () -> dispatch(this::read));
    } else {
      read();
    }
  }

  /** Undoes vain touches and ends leases. */
  private void settle(Runnable next) {
    call.vainTouches().undo();
    leaseStep.release();
    send(next);
  }

  private void sendAndEnlist(Runnable next) {
    send(
        () -> {
          call.events().enlist();
          leaveOrder();
          next.run();
        });
  }

  private void leaveOrder() {
    Runnable leaving = endOfOrder;
    endOfOrder = () -> {};
    leaving.run();
  }

  private void inOrder(List<String> keys, Runnable next) {
    if (keys.isEmpty()) {
      next.run();
      return;
    }
    commits.takeTurns(
        keys,
        end -> {
          endOfOrder = end;
          dispatch(next);
        });
  }

  private void takeTurn(Runnable next) {
    if (CallStack.isPending(single().key().wire())) {
      // It is the turn of the enclosing call.
      next.run();
      return;
    }
    Turn entered = turns.enter(single().key().wire());
    turn = entered;
    if (entered.come().isDone()) {
      next.run();
      return;
    }
    patience.limit(entered.come());
    entered.come().thenRun(() -> dispatch(next)).isDone();
  }

  /** Sends what is to be sent and goes on when everything is answered. */
  private void send(Runnable next) {
    send(call.round(), next);
  }

  private void send(RoundTrip round, Runnable next) {
    if (round.isEmpty()) {
      next.run();
      return;
    }
    sendOnce(round, () -> send(round, next));
  }

  /** Sends what one round trip carries, and goes on when that is answered. */
  private void sendOnce(RoundTrip round, Runnable next) {
    round
        .sendWithoutWaiting()
        .whenComplete((replies, failure) -> dispatch(() -> goOn(round, replies, failure, next)))
        .isDone();
  }

  private void goOn(
      RoundTrip round, List<Reply> replies, @Nullable Throwable failure, Runnable next) {
    if (failure == null) {
      round.accept(replies);
      next.run();
    } else {
      abort(failure);
    }
  }

  private void dispatch(Runnable step) {
    try {
      executor.execute(DaemonThreads.inContext(contextOfCaller, () -> attemptWithin(step)));
    } catch (Throwable e) {
      // It may be full or shut down, or out of threads: the result must come nevertheless.
      abandon(e);
    }
  }

  /** A call that an entry processor makes stays part of the call that runs the processor. */
  private void attemptWithin(Runnable step) {
    if (enclosing == null) {
      attempt(step);
    } else {
      CallStack.within(enclosing, () -> attempt(step));
    }
  }

  private void attempt(Runnable step) {
    try {
      step.run();
    } catch (Throwable e) {
      abort(e);
    }
  }

  private void end() {
    call.operations().stream().filter(PendingOperation::isOpen).forEach(call.failures()::abandon);
    ending = true;
    settle(this::complete);
  }

  private void complete() {
    release();
    try {
      call.publish();
    } catch (Throwable e) {
      fail(e);
      return;
    }
    noteEnd();
    try {
      result.complete(call.results());
    } catch (RuntimeException e) {
      result.completeExceptionally(e);
    }
  }

  private void noteEnd() {
    if (!ended) {
      ended = true;
      whenEnded.run();
    }
  }

  /** Nothing can be sent any more, but what is outdated can be invalidated. */
  private void abandon(Throwable cause) {
    try {
      call.abort();
    } catch (RuntimeException e) {
      cause.addSuppressed(e);
    } finally {
      release();
      fail(cause);
    }
  }

  private void fail(Throwable cause) {
    noteEnd();
    result.completeExceptionally(cause);
  }

  /** An error has interrupted the call. */
  private void abort(Throwable error) {
    if (ending) {
      abandon(error);
      return;
    }
    ending = true;
    attempt(
        () -> {
          call.abort();
          settle(() -> publishAndFail(error));
        });
  }

  private void publishAndFail(Throwable error) {
    release();
    try {
      call.publish();
    } finally {
      fail(error);
    }
  }

  private void release() {
    leaveOrder();
    if (turn != null) {
      turn.close();
    }
  }
}
