package org.jcachememcached.internal.operation;

import java.util.function.Consumer;
import org.jcachememcached.internal.engine.Outcome;
import org.jcachememcached.internal.engine.Snapshot;
import org.jcachememcached.internal.integration.CacheLoaderAdapter;
import org.jcachememcached.internal.integration.LoadOnce;
import org.jspecify.annotations.Nullable;

/** {@code get}: an access, or a load if there is no entry. For one call; not thread-safe. */
public final class Get<K, V> extends EntryOperation<K, V, @Nullable V> {

  private final @Nullable LoadOnce<@Nullable V> load;
  private final @Nullable Consumer<Snapshot<V>> refresh;

  private Get(
      OperationContext<K, V> context,
      K key,
      @Nullable LoadOnce<@Nullable V> load,
      @Nullable Consumer<Snapshot<V>> refresh) {
    super(context, key);
    this.load = load;
    this.refresh = refresh;
  }

  /** Calls the loader for an absent entry, if the cache is configured so. */
  public static <K, V> Get<K, V> readThrough(OperationContext<K, V> context, K key) {
    CacheLoaderAdapter<K, V> loader = context.readThrough();
    if (loader == null) {
      return cached(context, key);
    }
    LoadOnce<@Nullable V> load = LoadOnce.of(loader, key);
    return context.refreshing().rules().isNone()
        ? new Get<>(context, key, load, null)
        : new Get<>(
            context,
            key,
            load,
            entry -> context.refreshing().beginIfDue(entry, context, key, () -> loader.load(key)));
  }

  /** Reads the cache only. */
  public static <K, V> Get<K, V> cached(OperationContext<K, V> context, K key) {
    return new Get<>(context, key, null, null);
  }

  /**
   * Reads the cache as one of many, whose absent entries are loaded by other operations.
   *
   * @param refreshes gets the entry if it is to be refreshed
   */
  public static <K, V> Get<K, V> beforeLoads(
      OperationContext<K, V> context, K key, RefreshBatch<K, V> refreshes) {
    return new Get<>(context, key, null, entry -> refreshes.addIfDue(entry, key));
  }

  @Override
  public boolean isPlainRead() {
    return true;
  }

  @Override
  public long keepUntilOnRead(long now) {
    return context.keepUntilOnAccess(now);
  }

  @Override
  public boolean needsKeyLock(@Nullable Snapshot<V> entry) {
    return load != null && entry != null && !entry.isReadable() && !isServedStale(entry);
  }

  @Override
  public boolean hasLoaded() {
    return load != null && load.isDone();
  }

  @Override
  public boolean needsLease(Snapshot<V> entry) {
    return load != null && isToBeFilled(entry);
  }

  @Override
  public Outcome<K, V, @Nullable V> apply(Snapshot<V> entry, long now) {
    if (entry.isLive()) {
      refresh(entry);
      return access(entry, now, entry.value()).hit();
    }
    if (refresh != null && isServedStale(entry)) {
      refresh(entry);
      return Outcome.<K, V, @Nullable V>of(entry.value()).staleHit();
    }
    V loaded = load == null ? null : load.get();
    if (loaded == null) {
      return missing(entry, null).miss();
    }
    return createLoaded(entry, loaded, now, loaded).bestEffort().miss();
  }

  private void refresh(Snapshot<V> entry) {
    if (refresh != null) {
      refresh.accept(entry);
    }
  }

  @Override
  public long loadNanos() {
    return load == null ? 0 : load.nanos();
  }

  @Override
  public Outcome<K, V, @Nullable V> withoutStore() {
    V loaded = load == null ? null : load.get();
    return Outcome.<K, V, @Nullable V>of(loaded).miss();
  }
}
