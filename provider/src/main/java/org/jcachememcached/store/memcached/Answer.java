package org.jcachememcached.store.memcached;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jcachememcached.store.StoreException;
import org.jcachememcached.store.StoreException.Reason;

/**
 * A future, and all that are derived from it, on which no thread waits without an end. Other
 * threads see to it that it is complete in time; this is for the case that none of them can, in a
 * JVM without memory for example. Thread-safe.
 */
final class Answer<T> extends CompletableFuture<T> {

  private final Patience patience;

  /**
   * @param patience how long {@link #join} waits
   */
  Answer(Patience patience) {
    this.patience = patience;
  }

  @Override
  public <U> CompletableFuture<U> newIncompleteFuture() {
    return new Answer<>(patience);
  }

  /**
   * Waits for the result, also in a thread that is interrupted.
   *
   * @throws StoreException if the patience is exhausted before there is one
   */
  @Override
  public T join() {
    boolean interrupted = false;
    try {
      while (!isDone()) {
        interrupted |= awaitResult(patience.nanosLeft());
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
      // Thrown by whoever asks for the result next.
      return false;
    } catch (TimeoutException e) {
      if (patience.nanosLeft() > 0) {
        return false;
      }
      String message =
          "no answer and no failure within %d ms: the threads of the store do not run"
              .formatted(patience.limit().toMillis());
      throw StoreException.outcomeUnknown(Reason.TIMEOUT, message, e);
    }
  }
}
