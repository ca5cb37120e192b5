package org.jcachememcached.internal.store.memcached;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import org.jcachememcached.internal.store.StoreException;
import org.jcachememcached.internal.store.StoreException.Reason;
import org.jcachememcached.internal.store.memcached.spymemcached.AnswerLoop;
import org.jcachememcached.internal.thread.IdleTimeout;
import org.jspecify.annotations.Nullable;

/**
 * A future, and all that are derived from it, whose {@link #join} does the I/O that completes it
 * where it can, and never waits without a limit. Other threads complete it in time; the limit is
 * for the case that none of them can, for example in a JVM without memory. Thread-safe.
 */
final class BoundedFuture<T> extends CompletableFuture<T> {

  @SuppressWarnings("rawtypes") // A class literal has no type arguments.
  private static final AtomicReferenceFieldUpdater<BoundedFuture, @Nullable Thread> WAITER =
      AtomicReferenceFieldUpdater.newUpdater(BoundedFuture.class, Thread.class, "waiter");

  private final IdleTimeout idleTimeout;
  private final AnswerLoop loop;
  private final boolean derived;

  /** The first thread that waits; others are woken by a dependent stage. */
  private volatile @Nullable Thread waiter;

  /**
   * @param idleTimeout how long {@link #join} waits
   * @param loop does the I/O
   */
  BoundedFuture(IdleTimeout idleTimeout, AnswerLoop loop) {
    this(idleTimeout, loop, false);
  }

  private BoundedFuture(IdleTimeout idleTimeout, AnswerLoop loop, boolean derived) {
    this.idleTimeout = idleTimeout;
    this.loop = loop;
    this.derived = derived;
  }

  @Override
  public <U> CompletableFuture<U> newIncompleteFuture() {
    return new BoundedFuture<>(idleTimeout, loop, true);
  }

  @Override
  public boolean complete(T value) {
    boolean completed = super.complete(value);
    wakeWaiter();
    return completed;
  }

  private void wakeWaiter() {
    Thread thread = waiter;
    if (thread != null) {
      loop.answered(thread);
    }
  }

  /**
   * Waits for the result, also in a thread that is interrupted.
   *
   * @throws StoreException if the limit has passed before there is one
   */
  @Override
  public T join() {
    if (!isDone()) {
      awaitResult();
    }
    return super.join();
  }

  private void awaitResult() {
    Thread me = Thread.currentThread();
    // The methods that complete a derived stage are not those of this class.
    if (derived || !WAITER.compareAndSet(this, null, me)) {
      wakeWhenComplete(me);
    }
    while (!isDone()) {
      long left = idleTimeout.nanosLeft();
      if (left <= 0) {
        throw noResult();
      }
      loop.await(this, left);
    }
  }

  @SuppressWarnings("FutureReturnValueIgnored") // Its result is not needed, and it cannot fail.
  private void wakeWhenComplete(Thread thread) {
    whenComplete((value, failure) -> loop.answered(thread));
  }

  private StoreException noResult() {
    String message =
        "no answer and no failure within %d ms: the threads of the store do not run"
            .formatted(idleTimeout.limit().toMillis());
    return StoreException.outcomeUnknown(Reason.TIMEOUT, message, null);
  }
}
