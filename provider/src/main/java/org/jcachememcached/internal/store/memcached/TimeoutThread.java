package org.jcachememcached.internal.store.memcached;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;
import org.jcachememcached.internal.thread.DaemonThreads;

/**
 * A daemon thread that calls a task at short intervals until it is closed, whatever the task
 * throws. Thread-safe.
 */
final class TimeoutThread implements AutoCloseable {

  private final long intervalNanos;
  private final Runnable tick;
  private final Thread thread;
  private volatile boolean closed;

  /**
   * @param task gets {@link System#nanoTime()}
   */
  TimeoutThread(String name, Duration interval, LongConsumer task) {
    this.intervalNanos = interval.toNanos();
    this.tick = () -> task.accept(System.nanoTime());
    this.thread = DaemonThreads.create(name, this::run);
  }

  void start() {
    thread.start();
  }

  private void run() {
    while (!closed) {
      LockSupport.parkNanos(intervalNanos);
      FaultBarrier.run(thread.getName(), tick);
    }
  }

  /** Ends the thread, and waits for that a moment. */
  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(thread);
    Threads.awaitEnd(thread);
  }
}
