package org.jcachememcached.internal.cache;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jcachememcached.internal.thread.DaemonThreads;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The loads of a cache that run in the background, in the context class loader of the calls that
 * began them; its close waits for them. Thread-safe.
 */
final class BackgroundTasks implements Executor {

  private static final Logger LOG = LoggerFactory.getLogger(BackgroundTasks.class);

  /** How long closing a cache waits for its loads, in seconds. */
  private static final long CLOSE_SECONDS = 10;

  private final Executor executor;
  private final AtomicInteger tasks = new AtomicInteger();
  private final Set<Thread> threads = ConcurrentHashMap.newKeySet();

  BackgroundTasks(Executor executor) {
    this.executor = executor;
  }

  /**
   * Runs a task.
   *
   * @throws RejectedExecutionException if the cache manager is closed
   */
  @Override
  public void execute(Runnable task) {
    execute(task, () -> {});
  }

  /**
   * Runs a task, and afterwards something that is no longer part of it: it may close the cache.
   *
   * @throws RejectedExecutionException if the cache manager is closed
   */
  void execute(Runnable task, Runnable afterwards) {
    tasks.incrementAndGet();
    try {
      executor.execute(DaemonThreads.inContextOfCaller(() -> run(task, afterwards)));
    } catch (RuntimeException | Error e) {
      end();
      throw e;
    }
  }

  private void run(Runnable task, Runnable afterwards) {
    threads.add(Thread.currentThread());
    try {
      task.run();
    } finally {
      threads.remove(Thread.currentThread());
      end();
    }
    afterwards.run();
  }

  private void end() {
    synchronized (tasks) {
      tasks.decrementAndGet();
      tasks.notifyAll();
    }
  }

  /**
   * Waits for the running tasks, for a bounded time; does not wait for the task of the calling
   * thread, whose loader closes the cache.
   */
  void awaitAll() {
    int own = threads.contains(Thread.currentThread()) ? 1 : 0;
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(CLOSE_SECONDS);
    synchronized (tasks) {
      for (long left = CLOSE_SECONDS * 1000;
          tasks.get() > own && left > 0;
          left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime())) {
        try {
          tasks.wait(left);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          return;
        }
      }
    }
    if (tasks.get() > own) {
      LOG.warn("A cache is closed though loads are still under way after {} s", CLOSE_SECONDS);
    }
  }
}
