package org.jcachememcached.internal.store.memcached.spymemcached;

import java.util.concurrent.CompletableFuture;

/** Completes answers while threads wait for them. Thread-safe. */
public interface AnswerLoop {

  /**
   * Waits for an answer, also in a thread that is interrupted. The thread does the I/O meanwhile,
   * if it can and no other thread does.
   *
   * @param nanos how long it waits at most
   */
  void await(CompletableFuture<?> answer, long nanos);

  /** Ends the wait of a thread whose answer is complete. */
  void answered(Thread waiter);
}
