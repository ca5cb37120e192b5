package org.jcachememcached.internal.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import org.jcachememcached.internal.management.Statistics;
import org.jcachememcached.internal.store.StoreException;
import org.jcachememcached.internal.store.StoreException.Reason;
import org.jspecify.annotations.Nullable;

/**
 * The {@link Engine} of a cache for calls that do not wait. The futures that it returns fail with
 * what the methods of the engine throw; cancelling one keeps the steps of its call from being
 * carried out that have not begun. Thread-safe.
 */
public final class AsynchronousEngine<K, V> {

  /** How many calls of one cache may be in progress. */
  static final int MAX_CALLS = 10_000;

  private final EngineParts<K, V> parts;
  private final Statistics statistics;
  private final CommitOrder commits;
  private final KeyTurns turns;
  private final TurnPatience patience;
  private final Semaphore admission;
  private final Executor executor;

  /**
   * @param admission a permit for each call that may be in progress
   * @param executor runs everything but the first step of each call
   */
  AsynchronousEngine(
      EngineParts<K, V> parts,
      Statistics statistics,
      CommitOrder commits,
      KeyTurns turns,
      TurnPatience patience,
      Semaphore admission,
      Executor executor) {
    this.parts = parts;
    this.statistics = statistics;
    this.commits = commits;
    this.turns = turns;
    this.patience = patience;
    this.admission = admission;
    this.executor = executor;
  }

  /** Starts a session, for a call that consists of several parts, one after the other. */
  public StoreSession newSession() {
    return parts.newSession();
  }

  /** Executes one operation. */
  public <R extends @Nullable Object> CompletableFuture<R> execute(Operation<K, V, R> operation) {
    return execute(operation, newSession());
  }

  /** Executes one operation of a call that consists of several parts. */
  public <R extends @Nullable Object> CompletableFuture<R> execute(
      Operation<K, V, R> operation, StoreSession session) {
    CompletableFuture<List<R>> call = start(parts.pending(List.of(operation)), session);
    return linked(call, call.thenApply(results -> results.get(0)));
  }

  /** Executes operations on different keys, page by page; the results are in their order. */
  public <R extends @Nullable Object> CompletableFuture<List<R>> executeAll(
      List<? extends Operation<K, V, R>> operations) {
    return executeAll(operations, newSession());
  }

  /**
   * Executes operations of a call that consists of several parts, see {@link #executeAll(List)}.
   */
  public <R extends @Nullable Object> CompletableFuture<List<R>> executeAll(
      List<? extends Operation<K, V, R>> operations, StoreSession session) {
    return executePages(parts.pending(operations), session, new ArrayList<>(operations.size()));
  }

  /** Executes operations on entries that an earlier part of the call has found absent. */
  public <R extends @Nullable Object> CompletableFuture<List<R>> executeAllAbsent(
      List<? extends Operation<K, V, R>> operations, StoreSession session) {
    return executePages(
        parts.pendingAbsent(operations), session, new ArrayList<>(operations.size()));
  }

  private <R extends @Nullable Object> CompletableFuture<List<R>> executePages(
      List<PendingOperation<K, V, R>> operations, StoreSession session, List<R> results) {
    int from = results.size();
    if (from == operations.size()) {
      return CompletableFuture.completedFuture(results);
    }
    int to = Math.min(from + parts.limits().pageSize().limit(), operations.size());
    CompletableFuture<List<R>> page = start(operations.subList(from, to), session);
    return linked(
        page,
        page.thenCompose(
            more -> {
              results.addAll(more);
              return executePages(operations, session, results);
            }));
  }

  private <R extends @Nullable Object> CompletableFuture<List<R>> start(
      List<PendingOperation<K, V, R>> operations, StoreSession session) {
    CallStack.beginCall();
    if (!admission.tryAcquire()) {
      return CompletableFuture.failedFuture(tooMany());
    }
    try {
      return loop(operations, session).start();
    } catch (RuntimeException | Error e) {
      admission.release();
      return CompletableFuture.failedFuture(e);
    }
  }

  private <R extends @Nullable Object> AsynchronousLoop<K, V, R> loop(
      List<PendingOperation<K, V, R>> operations, StoreSession session) {
    Call<K, V, R> call = new Call<>(parts, session, operations);
    long start = statistics.isEnabled() ? System.nanoTime() : 0;
    return new AsynchronousLoop<>(
        call, commits, turns, patience, executor, () -> ended(call, start));
  }

  private void ended(Call<K, V, ?> call, long start) {
    call.nearStep().announceChanges();
    admission.release();
    if (start != 0) {
      statistics.record(call.delta(), System.nanoTime() - start - call.loadNanos());
    }
  }

  private static StoreException tooMany() {
    return StoreException.withoutEffect(
        Reason.REJECTED,
        "%d asynchronous calls are in progress, no more are allowed".formatted(MAX_CALLS),
        null);
  }

  /** Lets the cancellation of a dependent stage cancel the first one. */
  private static <R extends @Nullable Object> CompletableFuture<R> linked(
      CompletableFuture<?> first, CompletableFuture<R> dependent) {
    dependent
        .whenComplete(
            (value, failure) -> {
              if (dependent.isCancelled()) {
                first.cancel(false);
              }
            })
        .isDone();
    return dependent;
  }
}
