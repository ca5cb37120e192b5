package org.jcachememcached.internal.thread;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * A task that runs in one thread at a time, and never within itself: a request that comes while it
 * runs makes it run once more, in the same thread. So no thread waits for another one, and tasks
 * that cause each other do not fill the stack. Thread-safe.
 */
public final class SerialTask {

  private final AtomicInteger requests = new AtomicInteger();
  private final String name;
  private final Runnable task;

  /**
   * @param name the subject of the message if the task fails, which is logged
   * @param task does everything that there is to do
   */
  public SerialTask(String name, Runnable task) {
    this.name = name;
    this.task = task;
  }

  /** Runs the task after this, unless a thread is running it, which continues then. */
  public void request() {
    if (requests.getAndIncrement() != 0) {
      return;
    }
    int seen = 1;
    do {
      FaultBarrier.run(name, task);
      seen = requests.addAndGet(-seen);
    } while (seen != 0);
  }
}
