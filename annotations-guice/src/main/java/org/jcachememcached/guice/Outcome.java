package org.jcachememcached.guice;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * How a method ended, or the stage that it returned: with a value, which may be null, or with a
 * failure. Immutable.
 */
record Outcome(@Nullable Object value, @Nullable Throwable failure) {

  static Outcome returned(@Nullable Object value) {
    return new Outcome(value, null);
  }

  static Outcome failed(Throwable failure) {
    return new Outcome(null, failure);
  }

  /** What a stage ends with, as a stage that never fails itself. */
  static CompletableFuture<Outcome> of(CompletionStage<?> stage) {
    CompletableFuture<Outcome> outcome = new CompletableFuture<>();
    stage.whenComplete((value, failure) -> outcome.complete(ofStage(value, failure)));
    return outcome;
  }

  /** What a stage ended with; dependent stages wrap the failures of others. */
  static Outcome ofStage(@Nullable Object value, @Nullable Throwable failure) {
    return failure instanceof CompletionException && failure.getCause() != null
        ? failed(failure.getCause())
        : new Outcome(value, failure);
  }

  /** Ends a call in the same way. */
  @Nullable Object get() throws Throwable {
    if (failure != null) {
      throw failure;
    }
    return value;
  }

  /** Ends a stage in the same way. */
  CompletableFuture<@Nullable Object> stage() {
    return failure == null
        ? CompletableFuture.completedFuture(value)
        : CompletableFuture.failedFuture(failure);
  }
}
