package org.jcachememcached.store.memcached;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A daemon thread that calls a task at short intervals until it is closed. Thread-safe. */
final class Ticker implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Ticker.class);

  private final long intervalNanos;
  private final LongConsumer task;
  private final Thread thread;
  private volatile boolean closed;

  /**
   * @param task gets {@link System#nanoTime()}
   */
  Ticker(String name, Duration interval, LongConsumer task) {
    this.intervalNanos = interval.toNanos();
    this.task = task;
    this.thread = new Thread(this::run, name);
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  private void run() {
    while (!closed) {
      LockSupport.parkNanos(intervalNanos);
      try {
        task.accept(System.nanoTime());
      } catch (RuntimeException e) {
        LOG.error("{} goes on after a failure", thread.getName(), e);
      }
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
