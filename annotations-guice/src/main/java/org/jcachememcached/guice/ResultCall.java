package org.jcachememcached.guice;

import java.lang.reflect.Method;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import javax.cache.annotation.CacheResult;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import org.jsr107.ri.annotations.ClassFilter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One call of a {@code @CacheResult} method. Values are stored as they are, a null not at all, and
 * exceptions in a cache of their own: the form that the reference implementation's annotations
 * share.
 *
 * @param exceptions the cache for exceptions, if the annotation asks for one
 */
record ResultCall(
    MethodInvocation invocation,
    CacheResult annotation,
    GuardedCache cache,
    @Nullable GuardedCache exceptions,
    Object key) {

  private static final Logger logger = LoggerFactory.getLogger(ResultCall.class);

  Method method() {
    return invocation.getMethod();
  }

  Computation.Entry entry() {
    return new Computation.Entry(cache.cache(), key);
  }

  /** What is cached: a value, else an exception, else null. */
  @Nullable Outcome cached() {
    Object value = cache.get(key, ReturnType.ofValues(method()));
    if (value != null) {
      return Outcome.returned(value);
    }
    Object failure = exceptions == null ? null : exceptions.get(key, Throwable.class);
    return failure == null ? null : Outcome.failed((Throwable) failure);
  }

  /** Runs the method. */
  Outcome run() {
    try {
      return Outcome.returned(invocation.proceed());
    } catch (Throwable failure) {
      return Outcome.failed(failure);
    }
  }

  /** Runs the method and returns a stage that never fails itself. */
  CompletableFuture<Outcome> runStage() {
    Outcome returned = run();
    return returned.value() instanceof CompletionStage<?> stage
        ? Outcome.of(stage)
        : CompletableFuture.completedFuture(returned);
  }

  /** Caches how the method ended, as far as that is cached. */
  Outcome store(Outcome outcome) {
    if (outcome.failure() != null) {
      storeFailure(outcome.failure());
    } else if (outcome.value() != null) {
      storeValue(outcome.value());
    }
    return outcome;
  }

  private void storeValue(Object value) {
    if (ReturnType.isAsynchronous(value.getClass())) {
      cache.bear(
          "%s returned a %s, which cannot be cached; let it be declared as CompletionStage or CompletableFuture"
              .formatted(method(), value.getClass().getName()));
    } else {
      cache.put(key, value);
    }
  }

  private void storeFailure(Throwable failure) {
    if (exceptions == null || !isToBeCached(failure)) {
      return;
    }
    try {
      exceptions.put(key, failure);
    } catch (RuntimeException notStored) {
      // The exception is the application's, which may throw the same one often: it is not changed.
      logger.warn("A method failed with {}, and its cache cannot be filled", failure, notStored);
    }
  }

  private boolean isToBeCached(Throwable failure) {
    // That this thread was interrupted does not concern other callers.
    return !(failure instanceof InterruptedException)
        && ClassFilter.isIncluded(
            failure, annotation.cachedExceptions(), annotation.nonCachedExceptions(), true);
  }

  /** Takes back what was stored. */
  void forget() {
    cache.remove(key);
    if (exceptions != null) {
      exceptions.remove(key);
    }
  }
}
