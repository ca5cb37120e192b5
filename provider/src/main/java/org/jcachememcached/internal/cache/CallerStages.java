package org.jcachememcached.internal.cache;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The stages that callers of the asynchronous view get: they fail as the cache does, and pass a
 * cancellation on to the call. Thread-safe.
 */
final class CallerStages {

  private final Guard guard;
  private final Executor executor;

  /**
   * @param executor completes the stages
   */
  CallerStages(Guard guard, Executor executor) {
    this.guard = guard;
    this.executor = executor;
  }

  /**
   * The stage of work that another thread completes.
   *
   * @param work need not be completed in the executor
   */
  <R extends @Nullable Object> CompletableFuture<R> handedOver(CompletableFuture<R> work) {
    CompletableFuture<R> stage = new CompletableFuture<>();
    work.whenComplete((result, failure) -> handOver(stage, result, failure)).isDone();
    return stage;
  }

  private <R extends @Nullable Object> void handOver(
      CompletableFuture<R> stage, R result, @Nullable Throwable failure) {
    try {
      executor.execute(() -> complete(stage, result, failure, same -> same, CallerStages::ignore));
    } catch (Throwable e) {
      // It may be full or shut down, or out of threads: the result must come nevertheless.
      stage.completeExceptionally(e);
    }
  }

  /**
   * The stage of a call, which the executor completes.
   *
   * @param answer makes of the result of the call what the caller gets
   */
  <R extends @Nullable Object, T extends @Nullable Object> CompletableFuture<T> of(
      CompletableFuture<R> call, Function<R, T> answer) {
    return of(call, answer, CallerStages::ignore);
  }

  /**
   * The stage of a call, which the executor completes.
   *
   * @param answer makes of the result of the call what the caller gets
   * @param whenEnded gets the failure of the call, or null, before the stage is completed
   */
  <R extends @Nullable Object, T extends @Nullable Object> CompletableFuture<T> of(
      CompletableFuture<R> call, Function<R, T> answer, Consumer<@Nullable Throwable> whenEnded) {
    CompletableFuture<T> stage = new CompletableFuture<>();
    call.whenComplete((result, failure) -> complete(stage, result, failure, answer, whenEnded))
        .isDone();
    stage.whenComplete((result, failure) -> cancelWith(stage, call)).isDone();
    return stage;
  }

  private <R extends @Nullable Object, T extends @Nullable Object> void complete(
      CompletableFuture<T> stage,
      R result,
      @Nullable Throwable failure,
      Function<R, T> answer,
      Consumer<@Nullable Throwable> whenEnded) {
    if (failure != null) {
      Throwable translated = guard.translated(cause(failure));
      whenEnded.accept(translated);
      stage.completeExceptionally(translated);
      return;
    }
    whenEnded.accept(null);
    try {
      stage.complete(answer.apply(result));
    } catch (RuntimeException e) {
      stage.completeExceptionally(e);
    }
  }

  private static void ignore(@Nullable Throwable failure) {}

  private static void cancelWith(CompletableFuture<?> stage, CompletableFuture<?> call) {
    if (stage.isCancelled()) {
      call.cancel(false);
    }
  }

  /** What has failed in an earlier stage. */
  static Throwable cause(Throwable failure) {
    Throwable cause = failure.getCause();
    return failure instanceof CompletionException && cause != null ? cause : failure;
  }
}
