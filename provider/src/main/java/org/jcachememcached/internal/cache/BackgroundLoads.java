package org.jcachememcached.internal.cache;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.cache.CacheException;
import javax.cache.integration.CompletionListener;
import org.jcachememcached.internal.thread.DaemonThreads;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code Cache.loadAll} (JSR-107 section 7.1): loads in the background and calls the completion
 * listener exactly once. Thread-safe.
 */
public final class BackgroundLoads<K, V> {

  private static final Logger LOG = LoggerFactory.getLogger(BackgroundLoads.class);

  /** How long closing a cache waits for its loads, in seconds. */
  private static final long CLOSE_SECONDS = 10;

  private final Guard guard;
  private final BulkLoader<K, V> loader;
  private final Executor executor;
  private final AtomicInteger loads = new AtomicInteger();
  private final Set<Thread> loadingThreads = ConcurrentHashMap.newKeySet();

  BackgroundLoads(Guard guard, BulkLoader<K, V> loader, Executor executor) {
    this.guard = guard;
    this.loader = loader;
    this.executor = executor;
  }

  /**
   * Starts to load.
   *
   * @param keys owned by this method, without null
   * @throws IllegalStateException if the cache manager is closed
   */
  public void start(Set<K> keys, boolean replaceExisting, @Nullable CompletionListener listener) {
    if (!loader.hasLoader()) {
      complete(listener, null);
      return;
    }
    loads.incrementAndGet();
    try {
      executor.execute(
          DaemonThreads.inContextOfCaller(() -> load(keys, replaceExisting, listener)));
    } catch (RejectedExecutionException e) {
      end();
      throw new IllegalStateException("The cache manager is closed", e);
    } catch (Error e) {
      end();
      complete(listener, new CacheException("The load could not begin: " + e, e));
    }
  }

  private void load(Set<K> keys, boolean replaceExisting, @Nullable CompletionListener listener) {
    loadingThreads.add(Thread.currentThread());
    Exception failure = failureOf(() -> guard.run(() -> loader.loadAll(keys, replaceExisting)));
    loadingThreads.remove(Thread.currentThread());
    // Before the listener is called, because it may close the cache, which waits for the loads.
    end();
    complete(listener, failure);
  }

  private static void complete(@Nullable CompletionListener listener, @Nullable Exception failure) {
    if (listener != null && failure == null) {
      listener.onCompletion();
    } else if (listener != null) {
      listener.onException(failure);
    } else if (failure != null) {
      LOG.warn("A load in the background failed, and no completion listener was given", failure);
    }
  }

  private static @Nullable Exception failureOf(Runnable work) {
    try {
      work.run();
      return null;
    } catch (Exception e) {
      return e;
    } catch (Error e) {
      return new CacheException("The load failed: " + e, e);
    }
  }

  /**
   * Waits for the running loads, for a bounded time; does not wait for the load of the calling
   * thread, whose loader closes the cache.
   */
  void awaitAll() {
    int own = loadingThreads.contains(Thread.currentThread()) ? 1 : 0;
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(CLOSE_SECONDS);
    synchronized (loads) {
      for (long left = CLOSE_SECONDS * 1000;
          loads.get() > own && left > 0;
          left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime())) {
        try {
          loads.wait(left);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          return;
        }
      }
    }
    if (loads.get() > own) {
      LOG.warn("A cache is closed though loads are still under way after {} s", CLOSE_SECONDS);
    }
  }

  private void end() {
    synchronized (loads) {
      loads.decrementAndGet();
      loads.notifyAll();
    }
  }
}
