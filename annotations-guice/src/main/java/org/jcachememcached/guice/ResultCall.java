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

  /**
   * Whether the cache can let one caller of all JVMs run the method. Where exceptions are cached it
   * cannot: they are looked up before the method runs.
   */
  boolean isShared() {
    return exceptions == null && cache.computes();
  }

  /** What is cached: a value, else an exception, else null. */
  @Nullable Outcome cached() {
    Outcome value = usable(cache.get(key));
    if (value != null) {
      return value;
    }
    Object failure = exceptions == null ? null : exceptions.get(key, Throwable.class);
    return failure == null ? null : Outcome.failed((Throwable) failure);
  }

  /** A value of the cache as the method's; null if there is none, or one of another type. */
  @Nullable Outcome usable(@Nullable Object found) {
    Object value = cache.usable(found, ReturnType.ofValues(method()));
    return value == null ? null : Outcome.returned(value);
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
    } else {
      Object value = valueToStore(outcome);
      if (value != null) {
        cache.put(key, value);
      }
    }
    return outcome;
  }

  /** The value to cache, if the method has returned one that can be. */
  @Nullable Object valueToStore(Outcome outcome) {
    Object value = outcome.value();
    if (value != null && ReturnType.isAsynchronous(value.getClass())) {
      cache.bear(
          "%s returned a %s, which cannot be cached; let it be declared as CompletionStage or CompletableFuture"
              .formatted(method(), value.getClass().getName()));
      return null;
    }
    return value;
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

  /** Runs the method and caches how it ended, unless the entry is changed meanwhile. */
  Outcome runAndStore(Computation mine) {
    return storeUnlessOutdated(mine, run());
  }

  /** Caches how the method ended, unless the entry was changed since the computation began. */
  Outcome storeUnlessOutdated(Computation mine, Outcome outcome) {
    if (!mine.isOutdated()) {
      store(outcome);
      if (mine.isOutdated()) {
        forget();
      }
    }
    return outcome;
  }

  /** Takes back what was stored. */
  void forget() {
    cache.remove(key);
    if (exceptions != null) {
      exceptions.remove(key);
    }
  }
}
