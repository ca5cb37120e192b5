package org.jcachememcached.store.memcached;

import java.time.Duration;

/** How the threads of a store end. Stateless. */
final class Threads {

  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private Threads() {}

  /** Waits a moment for the end of a thread that was told to end; never for the caller's own. */
  static void awaitEnd(Thread thread) {
    if (thread == Thread.currentThread()) {
      return;
    }
    try {
      thread.join(PATIENCE.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
