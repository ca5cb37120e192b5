package org.jcachememcached.internal.cache;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.cache.CacheException;
import javax.cache.integration.CompletionListener;
import org.jcachememcached.internal.engine.Engine;
import org.jcachememcached.internal.engine.StoreSession;
import org.jcachememcached.internal.integration.CacheLoaderAdapter;
import org.jcachememcached.internal.integration.LoadAllOnce;
import org.jcachememcached.internal.operation.ContainsKey;
import org.jcachememcached.internal.operation.OperationContext;
import org.jcachememcached.internal.operation.Refresh;
import org.jcachememcached.internal.operation.StoreLoaded;
import org.jcachememcached.internal.store.StoreException;
import org.jcachememcached.internal.store.StoreException.Reason;
import org.jcachememcached.internal.thread.DaemonThreads;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code Cache.loadAll} (JSR-107 section 7.1): loads in the background, page by page, and tells the
 * completion listener exactly once. Thread-safe.
 */
public final class BackgroundLoads<K, V> {

  private static final Logger LOG = LoggerFactory.getLogger(BackgroundLoads.class);

  /** How long closing a cache waits for its loads. */
  private static final long CLOSE_SECONDS = 10;

  private final Guard guard;
  private final Engine<K, V> engine;
  private final OperationContext<K, V> rules;
  private final @Nullable CacheLoaderAdapter<K, V> loader;
  private final Executor executor;
  private final AtomicInteger underWay = new AtomicInteger();
  private final Set<Thread> loading = ConcurrentHashMap.newKeySet();

  public BackgroundLoads(
      Guard guard,
      Engine<K, V> engine,
      OperationContext<K, V> rules,
      @Nullable CacheLoaderAdapter<K, V> loader,
      Executor executor) {
    this.guard = guard;
    this.engine = engine;
    this.rules = rules;
    this.loader = loader;
    this.executor = executor;
  }

  /** Begins to load; the keys are the gate's own copy and hold no null. */
  public void begin(Set<K> keys, boolean replaceExisting, @Nullable CompletionListener listener) {
    CacheLoaderAdapter<K, V> adapter = loader;
    if (adapter == null) {
      if (listener != null) {
        listener.onCompletion();
      }
      return;
    }
    underWay.incrementAndGet();
    try {
      executor.execute(
          DaemonThreads.inContextOfCaller(
              () -> loadAndTell(adapter, keys, replaceExisting, listener)));
    } catch (RejectedExecutionException e) {
      end();
      throw new IllegalStateException("The cache manager is closed", e);
    } catch (Error e) {
      end();
      tell(listener, new CacheException("The load could not begin: " + e, e));
    }
  }

  private void loadAndTell(
      CacheLoaderAdapter<K, V> adapter,
      Set<K> keys,
      boolean replaceExisting,
      @Nullable CompletionListener listener) {
    loading.add(Thread.currentThread());
    Exception failure = failureOf(() -> guard.run(() -> load(adapter, keys, replaceExisting)));
    loading.remove(Thread.currentThread());
    // Before the listener is told, because it may close the cache, which waits for the loads.
    end();
    tell(listener, failure);
  }

  private static void tell(@Nullable CompletionListener listener, @Nullable Exception failure) {
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
   * Waits for the loads that are under way, but not for ever, and not for one whose loader closes
   * the cache.
   */
  void awaitAll() {
    int own = loading.contains(Thread.currentThread()) ? 1 : 0;
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(CLOSE_SECONDS);
    synchronized (underWay) {
      for (long left = CLOSE_SECONDS * 1000;
          underWay.get() > own && left > 0;
          left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime())) {
        try {
          underWay.wait(left);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          return;
        }
      }
    }
    if (underWay.get() > own) {
      LOG.warn("A cache is closed though loads are still under way after {} s", CLOSE_SECONDS);
    }
  }

  private void end() {
    synchronized (underWay) {
      underWay.decrementAndGet();
      underWay.notifyAll();
    }
  }

  /** A value that is too large keeps no other from being loaded; any other failure does. */
  private void load(CacheLoaderAdapter<K, V> adapter, Set<K> keys, boolean replaceExisting) {
    List<K> all = new ArrayList<>(keys);
    StoreSession session = engine.converse();
    @Nullable StoreException tooLarge = null;
    int to;
    for (int from = 0; from < all.size(); from = to) {
      to = Math.min(from + engine.pageSize(), all.size());
      List<K> page = all.subList(from, to);
      try {
        if (replaceExisting) {
          refresh(adapter, page, session);
        } else {
          fill(adapter, page, session);
        }
      } catch (StoreException e) {
        if (e.reason() != Reason.TOO_LARGE) {
          throw e;
        }
        tooLarge = e;
      }
    }
    if (tooLarge != null) {
      throw tooLarge;
    }
  }

  private void refresh(CacheLoaderAdapter<K, V> adapter, List<K> page, StoreSession session) {
    LoadAllOnce<K, V> load = new LoadAllOnce<>(adapter, new HashSet<>(page));
    engine.executeAll(page.stream().map(key -> new Refresh<>(rules, key, load)).toList(), session);
  }

  private void fill(CacheLoaderAdapter<K, V> adapter, List<K> page, StoreSession session) {
    List<Boolean> present =
        engine.executeAll(
            page.stream().map(key -> new ContainsKey<>(rules, key)).toList(), session);
    Set<K> missing = new HashSet<>();
    for (int i = 0; i < page.size(); i++) {
      if (!present.get(i)) {
        missing.add(page.get(i));
      }
    }
    if (!missing.isEmpty()) {
      List<StoreLoaded<K, V>> stores = new ArrayList<>();
      adapter
          .loadAll(missing)
          .forEach((key, value) -> stores.add(StoreLoaded.forLoadAll(rules, key, value)));
      engine.executeAll(stores, session);
    }
  }
}
