package org.jcachememcached.internal.operation;

import java.util.Map;
import java.util.function.Supplier;
import org.jcachememcached.internal.engine.Outcome;
import org.jcachememcached.internal.engine.Snapshot;
import org.jcachememcached.internal.integration.BulkLoad;
import org.jspecify.annotations.Nullable;

/**
 * Loads an entry anew that is about to expire, or whose last value is served although it has
 * expired; does nothing if another client has done so, or has removed it. The load begins after the
 * entry was read and the store is conditional on it, so that no newer value and no removal is
 * overwritten. What is stored lives as long as a new entry. For one call; not thread-safe.
 */
public final class RefreshDue<K, V> extends EntryOperation<K, V, @Nullable Void> {

  private final String storeKey;
  private final BulkLoad<K, V> load;

  /**
   * @param storeKey the key as it is sent to the store
   * @param load loads this entry, perhaps together with others
   */
  RefreshDue(OperationContext<K, V> context, K key, String storeKey, BulkLoad<K, V> load) {
    super(context, key);
    this.storeKey = storeKey;
    this.load = load;
  }

  /** A refresh of one entry. */
  static <K, V> RefreshDue<K, V> single(
      OperationContext<K, V> context,
      K key,
      String storeKey,
      Supplier<? extends @Nullable V> function) {
    return new RefreshDue<>(context, key, storeKey, new BulkLoad<>(keys -> loaded(key, function)));
  }

  private static <K, V> Map<K, V> loaded(K key, Supplier<? extends @Nullable V> function) {
    V value = function.get();
    return value == null ? Map.of() : Map.of(key, value);
  }

  /** The key as it is sent to the store. */
  public String storeKey() {
    return storeKey;
  }

  @Override
  public boolean needsKeyLock(@Nullable Snapshot<V> entry) {
    return false;
  }

  @Override
  public boolean keepsTags() {
    return true;
  }

  @Override
  public void announce(Snapshot<V> entry) {
    if (isDue(entry)) {
      load.announce(key());
    }
  }

  @Override
  public Outcome<K, V, @Nullable Void> apply(Snapshot<V> entry, long now) {
    if (!isDue(entry)) {
      return Outcome.of(null);
    }
    V value = load.get(key());
    if (value == null) {
      return entry.isReadable() ? Outcome.of(null) : withdraw(entry, null).onlyIfUnchanged();
    }
    Outcome<K, V, @Nullable Void> outcome =
        entry.isReadable() ? renew(entry, value, now, null) : createLoaded(entry, value, now, null);
    return outcome.refresh();
  }

  private boolean isDue(Snapshot<V> entry) {
    return context.refreshing().rules().isDue(entry);
  }
}
