package org.jcachememcached.internal.cache;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import javax.cache.Cache;
import org.jcachememcached.api.CallObserver;
import org.jcachememcached.internal.jfr.FlightRecorder;
import org.jspecify.annotations.Nullable;

/**
 * Where the calls of one cache begin and end: they are guarded, observed if the manager has
 * observers, and recorded if the flight recorder of the JVM wants them. Thread-safe.
 */
public final class Calls {

  private final Guard guard;
  private final CallObservers observers;
  private volatile @Nullable Cache<?, ?> cache;

  Calls(Guard guard, CallObservers observers) {
    this.guard = guard;
    this.observers = observers;
  }

  /** Sets what observers see as the cache; before the first call. */
  void setCache(Cache<?, ?> cache) {
    this.cache = cache;
  }

  /**
   * Runs a call in this thread.
   *
   * @param operation the name of the method
   */
  public <R extends @Nullable Object> R call(String operation, Supplier<R> work) {
    ObservedCall call = begin(operation);
    return call.isUnobserved() ? guard.call(work) : call.run(() -> guard.call(work));
  }

  /** Runs a call without a result in this thread. */
  public void run(String operation, Runnable work) {
    this.<@Nullable Object>call(
        operation,
        () -> {
          work.run();
          return null;
        });
  }

  /** Runs a call in a thread of the executor; what it throws is not translated. */
  <R extends @Nullable Object> CompletableFuture<R> supply(
      String operation, Supplier<R> work, Executor executor) {
    ObservedCall call = begin(operation);
    try {
      return CompletableFuture.supplyAsync(() -> call.run(work), executor);
    } catch (Throwable e) {
      call.end(e);
      throw e;
    }
  }

  /** Begins a call, in the thread of the caller. */
  ObservedCall begin(String operation) {
    boolean recorded = FlightRecorder.recordsCalls();
    if (observers.isEmpty() && !recorded) {
      return ObservedCall.UNOBSERVED;
    }
    Cache<?, ?> called = Objects.requireNonNull(cache);
    List<CallObserver.Call> followers = observers.begin(called, operation);
    if (recorded) {
      followers.add(FlightRecorder.call(called.getName(), operation));
    }
    return new ObservedCall(followers, observers::failed);
  }
}
