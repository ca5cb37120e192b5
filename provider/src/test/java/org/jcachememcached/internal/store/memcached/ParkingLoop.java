package org.jcachememcached.internal.store.memcached;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import org.jcachememcached.internal.store.memcached.spymemcached.AnswerLoop;

/** A loop without I/O: threads park until their answer is there. Thread-safe. */
final class ParkingLoop implements AnswerLoop {

  @Override
  public void await(CompletableFuture<?> answer, long nanos) {
    boolean interrupted = Thread.interrupted();
    if (!answer.isDone()) {
      LockSupport.parkNanos(this, nanos);
    }
    if (interrupted || Thread.interrupted()) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void answered(Thread waiter) {
    LockSupport.unpark(waiter);
  }
}
