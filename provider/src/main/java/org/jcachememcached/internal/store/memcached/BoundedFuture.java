package org.jcachememcached.internal.store.memcached;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jcachememcached.internal.store.StoreException;
import org.jcachememcached.internal.store.StoreException.Reason;
import org.jcachememcached.internal.thread.IdleTimeout;

/**
 * A future, and all that are derived from it, on which no thread waits without a limit. Other
 * threads complete it in time; this is for the case that none of them can, for example in a JVM
 * without memory. Thread-safe.
 */
final class BoundedFuture<T> extends CompletableFuture<T> {

  private final IdleTimeout idleTimeout;

  /**
   * @param idleTimeout how long {@link #join} waits
   */
  BoundedFuture(IdleTimeout idleTimeout) {
    this.idleTimeout = idleTimeout;
  }

  @Override
  public <U> CompletableFuture<U> newIncompleteFuture() {
    return new BoundedFuture<>(idleTimeout);
  }

  /**
   * Waits for the result, also in a thread that is interrupted.
   *
   * @throws StoreException if the limit has passed before there is one
   */
  @Override
  public T join() {
    boolean interrupted = false;
    try {
      while (!isDone()) {
        interrupted |= awaitResult(idleTimeout.nanosLeft());
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
    return super.join();
  }

  /** Returns whether the thread was interrupted meanwhile. */
  private boolean awaitResult(long nanos) {
    try {
      get(nanos, TimeUnit.NANOSECONDS);
      return false;
    } catch (InterruptedException e) {
      return true;
    } catch (ExecutionException e) {
      // Thrown when the result is asked for next.
      return false;
    } catch (TimeoutException e) {
      if (idleTimeout.nanosLeft() > 0) {
        return false;
      }
      String message =
          "no answer and no failure within %d ms: the threads of the store do not run"
              .formatted(idleTimeout.limit().toMillis());
      throw StoreException.outcomeUnknown(Reason.TIMEOUT, message, e);
    }
  }
}
