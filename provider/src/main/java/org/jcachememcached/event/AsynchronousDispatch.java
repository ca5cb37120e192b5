package org.jcachememcached.event;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One thread, there only while there is something to do, that tells asynchronous listeners in
 * order. Thread-safe.
 */
final class AsynchronousDispatch {

  private static final Logger LOG = LoggerFactory.getLogger(AsynchronousDispatch.class);

  /** Beyond this backlog the cache's callers wait: events are not lost, and memory is bounded. */
  private static final int BACKLOG = 65_536;

  private static final long IDLE_SECONDS = 10;
  private static final long CLOSE_SECONDS = 5;

  private final String cacheName;
  private @Nullable ThreadPoolExecutor executor;
  private boolean closed;

  AsynchronousDispatch(String cacheName) {
    this.cacheName = cacheName;
  }

  void later(Runnable task) {
    ThreadPoolExecutor running = executor();
    if (running != null) {
      running.execute(() -> runLogged(task));
    }
  }

  void close() {
    ThreadPoolExecutor last;
    synchronized (this) {
      closed = true;
      last = executor;
    }
    if (last != null) {
      last.shutdown();
      awaitEnd(last);
    }
  }

  private synchronized @Nullable ThreadPoolExecutor executor() {
    if (executor == null && !closed) {
      executor =
          new ThreadPoolExecutor(
              1,
              1,
              IDLE_SECONDS,
              TimeUnit.SECONDS,
              new LinkedBlockingQueue<>(BACKLOG),
              this::thread,
              AsynchronousDispatch::waitForRoom);
      executor.allowCoreThreadTimeOut(true);
    }
    return closed ? null : executor;
  }

  private Thread thread(Runnable work) {
    Thread thread = new Thread(work, "jcache-memcached listeners of " + cacheName);
    thread.setDaemon(true);
    return thread;
  }

  private static void waitForRoom(Runnable task, ThreadPoolExecutor executor) {
    try {
      while (!executor.isShutdown()) {
        if (executor.getQueue().offer(task, 1, TimeUnit.SECONDS)) {
          return;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RejectedExecutionException("Interrupted while waiting to dispatch an event", e);
    }
  }

  private void runLogged(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException | Error e) {
      LOG.warn("An asynchronous listener of cache '{}' failed", cacheName, e);
    }
  }

  private void awaitEnd(ThreadPoolExecutor last) {
    try {
      if (!last.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
        LOG.warn("Asynchronous listeners of cache '{}' are still busy; not waited for", cacheName);
        last.shutdownNow();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
