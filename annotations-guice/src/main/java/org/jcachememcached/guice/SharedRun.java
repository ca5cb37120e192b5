package org.jcachememcached.guice;

import javax.cache.CacheException;
import org.jspecify.annotations.Nullable;

/**
 * The answer to one call out of a {@link ComputingCache}, which runs the method if the value is
 * missing and no other JVM computes it. For one thread; the cache may run the method once in
 * another one, to refresh a value that the caller was given.
 */
final class SharedRun {

  private final ResultCall call;
  private final Computation computation;
  private final Thread caller = Thread.currentThread();
  private @Nullable Outcome ran;
  private boolean isToBeStored;

  SharedRun(ResultCall call, Computation computation) {
    this.call = call;
    this.computation = computation;
  }

  /** Whether the method has run here; otherwise the value was in the cache, or came to be there. */
  boolean hasRun() {
    return ran != null;
  }

  /** A caller whose method has run gets what it returned, whatever others have stored meanwhile. */
  Outcome outcome() {
    Outcome found = found();
    if (found != null) {
      return found;
    }
    Outcome outcome = ran;
    if (outcome == null) {
      outcome = call.runAndStore(computation);
      ran = outcome;
    } else if (isToBeStored && computation.isOutdated()) {
      call.forget();
    }
    return outcome;
  }

  private @Nullable Outcome found() {
    try {
      Object value = call.cache().getOrCompute(call.key(), this::compute);
      return hasRun() ? null : call.usable(value);
    } catch (RuntimeException e) {
      if (ran == null || ran.failure() == null) {
        throw e;
      }
      return null; // What the method throws matters more than that its cache failed afterwards.
    }
  }

  private @Nullable Object compute() {
    return Thread.currentThread() == caller ? valueToStore() : refreshedValue();
  }

  /** For the next callers, who keep what there is if the method fails. */
  private @Nullable Object refreshedValue() {
    Outcome outcome = call.run();
    if (outcome.failure() != null) {
      throw new CacheException("%s failed".formatted(call.method()), outcome.failure());
    }
    return call.valueToStore(outcome);
  }

  /** Null stores nothing, and lets others begin at once. */
  private @Nullable Object valueToStore() {
    Outcome outcome = call.run();
    ran = outcome;
    Object value = computation.isOutdated() ? null : call.valueToStore(outcome);
    isToBeStored = value != null;
    return value;
  }
}
