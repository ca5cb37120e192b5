package org.jcachememcached.internal.store.memcached;

import java.time.Duration;
import java.util.concurrent.Executor;
import org.jcachememcached.internal.thread.DaemonThreads;

/** How the threads of a store begin and end. Stateless. */
final class Threads {

  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private Threads() {}

  /** Runs each task in a daemon thread of its own. */
  static Executor daemons(String name) {
    return task -> DaemonThreads.create(name, () -> FaultBarrier.run(name, task)).start();
  }

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
