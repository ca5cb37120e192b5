package org.jcachememcached.internal.cache;

import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import javax.cache.CacheException;
import javax.cache.integration.CompletionListener;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code Cache.loadAll} (JSR-107 section 7.1): loads in the background and calls the completion
 * listener exactly once. Thread-safe.
 */
public final class BackgroundLoads<K, V> {

  private static final Logger LOG = LoggerFactory.getLogger(BackgroundLoads.class);

  private final Guard guard;
  private final Calls calls;
  private final BulkLoader<K, V> loader;
  private final BackgroundTasks tasks;

  BackgroundLoads(Guard guard, Calls calls, BulkLoader<K, V> loader, BackgroundTasks tasks) {
    this.guard = guard;
    this.calls = calls;
    this.loader = loader;
    this.tasks = tasks;
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
    ObservedCall call = calls.begin("loadAll");
    AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
    try {
      tasks.execute(
          () -> failure.set(failureOf(() -> load(call, keys, replaceExisting))),
          () -> complete(listener, failure.get()));
    } catch (RejectedExecutionException e) {
      call.end(e);
      throw new IllegalStateException("The cache manager is closed", e);
    } catch (Error e) {
      call.end(e);
      complete(listener, new CacheException("The load could not begin: " + e, e));
    }
  }

  private void load(ObservedCall call, Set<K> keys, boolean replaceExisting) {
    call.run(
        () ->
            guard.call(
                () -> {
                  loader.loadAll(keys, replaceExisting);
                  return true;
                }));
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
}
