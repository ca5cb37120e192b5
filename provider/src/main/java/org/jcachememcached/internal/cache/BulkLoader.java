package org.jcachememcached.internal.cache;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jcachememcached.internal.engine.AsynchronousEngine;
import org.jcachememcached.internal.engine.Engine;
import org.jcachememcached.internal.engine.StoreSession;
import org.jcachememcached.internal.integration.BulkLoad;
import org.jcachememcached.internal.integration.CacheLoaderAdapter;
import org.jcachememcached.internal.integration.LoadOnce;
import org.jcachememcached.internal.operation.ContainsKey;
import org.jcachememcached.internal.operation.Get;
import org.jcachememcached.internal.operation.LoadAbsent;
import org.jcachememcached.internal.operation.OperationContext;
import org.jcachememcached.internal.operation.Refresh;
import org.jcachememcached.internal.operation.RefreshBatch;
import org.jcachememcached.internal.store.StoreException;
import org.jcachememcached.internal.store.StoreException.Reason;
import org.jspecify.annotations.Nullable;

/**
 * Loads the values of many keys with one call of the loader per page and stores them: {@code
 * getAll} of a read-through cache and {@code loadAll} (JSR-107 section 7.1). Thread-safe.
 */
public final class BulkLoader<K, V> {

  private final Engine<K, V> engine;
  private final OperationContext<K, V> context;
  private final @Nullable CacheLoaderAdapter<K, V> loader;

  /**
   * @param loader the loader of {@code loadAll}; {@code getAll} uses the one of the context
   */
  BulkLoader(
      Engine<K, V> engine,
      OperationContext<K, V> context,
      @Nullable CacheLoaderAdapter<K, V> loader) {
    this.engine = engine;
    this.context = context;
    this.loader = loader;
  }

  /** Whether there is a loader for {@code loadAll}. */
  boolean hasLoader() {
    return loader != null;
  }

  /** The values of the keys that are cached or, in a read-through cache, known to the loader. */
  public Map<K, V> getAll(List<K> keys) {
    StoreSession session = engine.newSession();
    CacheLoaderAdapter<K, V> readThrough = context.readThrough();
    RefreshBatch<K, V> refreshes = refreshes(readThrough);
    Map<K, V> found = present(keys, engine.executeAll(reads(keys, refreshes), session));
    begin(refreshes);
    List<K> missing = readThrough == null ? List.of() : missing(keys, found);
    if (readThrough != null && !missing.isEmpty()) {
      List<LoadAbsent<K, V>> loads = loads(missing, readThrough);
      found.putAll(present(missing, engine.executeAllAbsent(loads, session)));
    }
    return found;
  }

  /** The same without waiting, on an engine whose executor runs the loader. */
  CompletableFuture<Map<K, V>> getAll(List<K> keys, AsynchronousEngine<K, V> asynchronous) {
    StoreSession session = asynchronous.newSession();
    CacheLoaderAdapter<K, V> readThrough = context.readThrough();
    RefreshBatch<K, V> refreshes = refreshes(readThrough);
    CompletableFuture<Map<K, V>> read =
        asynchronous
            .executeAll(reads(keys, refreshes), session)
            .thenApply(
                values -> {
                  begin(refreshes);
                  return present(keys, values);
                });
    return readThrough == null
        ? read
        : read.thenCompose(found -> load(readThrough, keys, found, asynchronous, session));
  }

  private CompletableFuture<Map<K, V>> load(
      CacheLoaderAdapter<K, V> readThrough,
      List<K> keys,
      Map<K, V> found,
      AsynchronousEngine<K, V> asynchronous,
      StoreSession session) {
    List<K> missing = missing(keys, found);
    if (missing.isEmpty()) {
      return CompletableFuture.completedFuture(found);
    }
    return asynchronous
        .executeAllAbsent(loads(missing, readThrough), session)
        .thenApply(
            values -> {
              found.putAll(present(missing, values));
              return found;
            });
  }

  private List<LoadAbsent<K, V>> loads(List<K> missing, CacheLoaderAdapter<K, V> readThrough) {
    BulkLoad<K, V> load = new BulkLoad<>(readThrough::loadAll);
    return missing.stream().map(key -> LoadAbsent.forRead(context, key, load)).toList();
  }

  private @Nullable RefreshBatch<K, V> refreshes(@Nullable CacheLoaderAdapter<K, V> readThrough) {
    return readThrough == null || context.refreshing().rules().isNone()
        ? null
        : new RefreshBatch<>(context, readThrough);
  }

  private List<Get<K, V>> reads(List<K> keys, @Nullable RefreshBatch<K, V> refreshes) {
    return keys.stream()
        .map(
            key ->
                refreshes == null
                    ? Get.cached(context, key)
                    : Get.beforeLoads(context, key, refreshes))
        .toList();
  }

  private static void begin(@Nullable RefreshBatch<?, ?> refreshes) {
    if (refreshes != null) {
      refreshes.begin();
    }
  }

  private static <K, V> Map<K, V> present(List<K> keys, List<@Nullable V> values) {
    Map<K, V> present = new HashMap<>();
    for (int i = 0; i < keys.size(); i++) {
      V value = values.get(i);
      if (value != null) {
        present.put(keys.get(i), value);
      }
    }
    return present;
  }

  private static <K> List<K> missing(List<K> keys, Map<K, ?> found) {
    return keys.stream().filter(key -> !found.containsKey(key)).distinct().toList();
  }

  /**
   * Loads and stores the values of the keys. A value that is too large does not keep the others
   * from being loaded, but is thrown in the end; any other failure ends the load.
   *
   * @param keys not changed during the call
   */
  void loadAll(Set<K> keys, boolean replaceExisting) {
    CacheLoaderAdapter<K, V> adapter = loader;
    if (adapter == null) {
      return;
    }
    List<K> all = new ArrayList<>(keys);
    StoreSession session = engine.newSession();
    @Nullable StoreException tooLarge = null;
    int to;
    for (int from = 0; from < all.size(); from = to) {
      to = Math.min(from + engine.pageSize(), all.size());
      List<K> page = all.subList(from, to);
      try {
        if (replaceExisting) {
          refresh(adapter, page, session);
        } else {
          loadAbsent(adapter, page, session);
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
    LoadOnce<Map<K, V>> load = LoadOnce.ofAll(adapter::loadAll, new HashSet<>(page));
    engine.executeAll(
        page.stream().map(key -> new Refresh<>(context, key, load)).toList(), session);
  }

  private void loadAbsent(CacheLoaderAdapter<K, V> adapter, List<K> page, StoreSession session) {
    List<Boolean> present =
        engine.executeAll(
            page.stream().map(key -> ContainsKey.beforeLoad(context, key)).toList(), session);
    BulkLoad<K, V> load = new BulkLoad<>(adapter::loadAll);
    List<LoadAbsent<K, V>> loads = new ArrayList<>();
    for (int i = 0; i < page.size(); i++) {
      if (!present.get(i)) {
        loads.add(LoadAbsent.forLoadAll(context, page.get(i), load));
      }
    }
    if (!loads.isEmpty()) {
      List<@Nullable V> unused = engine.executeAllAbsent(loads, session);
    }
  }
}
