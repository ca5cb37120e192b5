package org.jcachememcached.internal.integration;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One bulk load that several operations share; made when the first asks, and not repeated when it
 * has failed. Not thread-safe.
 */
public final class LoadAllOnce<K, V> {

  private final Memoized<Map<K, V>> load;

  public LoadAllOnce(CacheLoaderAdapter<K, V> loader, Set<K> keys) {
    this.load = new Memoized<>(() -> loader.loadAll(keys));
  }

  /** The loaded value of a key, or null when the loader knows none. */
  public @Nullable V valueOf(K key) {
    return load.get().get(key);
  }
}
