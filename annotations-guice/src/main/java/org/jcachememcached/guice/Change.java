package org.jcachememcached.guice;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import org.jsr107.ri.annotations.ClassFilter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What an annotation does to a cache, before its method or after it; after a stage has completed,
 * if the method returns one. For one call.
 *
 * @param failures after which failures of the method to change the cache all the same
 * @param otherFailures after which not
 */
record Change(
    boolean isAfterwards,
    Class<? extends Throwable>[] failures,
    Class<? extends Throwable>[] otherFailures,
    Runnable action) {

  private static final Logger logger = LoggerFactory.getLogger(Change.class);

  @SuppressWarnings("FutureReturnValueIgnored") // The caller of the method gets the stage.
  @Nullable Object around(MethodInvocation invocation) throws Throwable {
    if (!isAfterwards) {
      action.run();
      return invocation.proceed();
    }
    Object result;
    try {
      result = invocation.proceed();
    } catch (Throwable failure) {
      applyAfter(failure);
      throw failure;
    }
    if (ReturnType.isStage(invocation.getMethod()) && result instanceof CompletionStage<?> stage) {
      return applyAfter(stage);
    }
    action.run();
    return result;
  }

  private CompletableFuture<@Nullable Object> applyAfter(CompletionStage<?> stage) {
    return Outcome.of(stage).thenApply(this::applyAfter).thenCompose(Outcome::stage);
  }

  private Outcome applyAfter(Outcome outcome) {
    if (outcome.failure() != null) {
      applyAfter(outcome.failure());
    } else {
      action.run();
    }
    return outcome;
  }

  private void applyAfter(Throwable failure) {
    if (!ClassFilter.isIncluded(failure, failures, otherFailures, false)) {
      return;
    }
    try {
      action.run();
    } catch (RuntimeException notApplied) {
      // The exception is the application's, which may throw the same one often: it is not changed.
      logger.warn("A method failed with {}, and its cache cannot be changed", failure, notApplied);
    }
  }
}
