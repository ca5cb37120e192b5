package org.jcachememcached.internal.thread;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;

/**
 * A daemon thread that calls a task at short intervals until it is closed, whatever the task
 * throws. Thread-safe.
 */
public final class TimeoutThread implements AutoCloseable {

  private final long intervalNanos;
  private final Runnable tick;
  private final Thread thread;
  private volatile boolean closed;

  /**
   * Creates a thread that has not been started.
   *
   * @param task gets {@link System#nanoTime()}
   */
  public TimeoutThread(String name, Duration interval, LongConsumer task) {
    this.intervalNanos = interval.toNanos();
    this.tick = () -> task.accept(System.nanoTime());
    this.thread = DaemonThreads.create(name, this::run);
  }

  /** Starts the thread; to be called once. */
  public void start() {
    thread.start();
  }

  private void run() {
    while (!closed) {
      LockSupport.parkNanos(intervalNanos);
      FaultBarrier.run(thread.getName(), tick);
    }
  }

  /** Ends the thread, and waits briefly for its end. */
  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(thread);
    DaemonThreads.awaitEnd(thread);
  }
}
