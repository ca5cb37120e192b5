package org.jcachememcached.internal.operation;

import org.jcachememcached.internal.engine.Outcome;
import org.jcachememcached.internal.engine.Snapshot;
import org.jcachememcached.internal.integration.CacheLoaderAdapter;
import org.jcachememcached.internal.integration.LoadOnce;
import org.jspecify.annotations.Nullable;

/** {@code get}: an access, or a load if there is no entry. For one call; not thread-safe. */
public final class Get<K, V> extends EntryOperation<K, V, @Nullable V> {

  private final @Nullable LoadOnce<@Nullable V> load;

  private Get(OperationContext<K, V> context, K key, @Nullable LoadOnce<@Nullable V> load) {
    super(context, key);
    this.load = load;
  }

  /** Calls the loader for an absent entry, if the cache is configured so. */
  public static <K, V> Get<K, V> readThrough(OperationContext<K, V> context, K key) {
    CacheLoaderAdapter<K, V> loader = context.readThrough();
    return new Get<>(context, key, loader == null ? null : LoadOnce.of(loader, key));
  }

  /** Reads the cache only. */
  public static <K, V> Get<K, V> cached(OperationContext<K, V> context, K key) {
    return new Get<>(context, key, null);
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
    return load != null && entry != null && !entry.isReadable();
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
      return access(entry, now, entry.value()).hit();
    }
    V loaded = load == null ? null : load.get();
    if (loaded == null) {
      return missing(entry, null).miss();
    }
    return createLoaded(entry, loaded, now, loaded).bestEffort().miss();
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
