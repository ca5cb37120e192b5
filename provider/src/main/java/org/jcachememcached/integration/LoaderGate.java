package org.jcachememcached.integration;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import javax.cache.integration.CacheLoader;
import javax.cache.integration.CacheLoaderException;
import org.jspecify.annotations.Nullable;

/**
 * The only way to an application's {@link CacheLoader} (JSR-107 section 7.1): it wraps what the
 * loader throws and leaves out what the loader does not know. Thread-safe if the loader is.
 */
public final class LoaderGate<K, V> {

  private final CacheLoader<K, V> loader;

  public LoaderGate(CacheLoader<K, V> loader) {
    this.loader = loader;
  }

  /**
   * The value of a key, or null when the loader knows none.
   *
   * @throws CacheLoaderException if the loader fails
   */
  public @Nullable V load(K key) {
    try {
      return loader.load(key);
    } catch (Exception e) {
      throw wrapped(e);
    }
  }

  /**
   * The values of those of the keys that the loader knows, in a map of the gate's own; what it
   * returns for other keys is left out.
   *
   * @throws CacheLoaderException if the loader fails
   */
  public Map<K, V> loadAll(Set<? extends K> keys) {
    @Nullable Map<K, V> loaded;
    try {
      loaded = loader.loadAll(keys);
    } catch (Exception e) {
      throw wrapped(e);
    }
    Map<K, V> known = new HashMap<>();
    for (K key : keys) {
      V value = loaded == null ? null : loaded.get(key);
      if (value != null) {
        known.put(key, value);
      }
    }
    return known;
  }

  private static CacheLoaderException wrapped(Exception e) {
    return e instanceof CacheLoaderException already
        ? already
        : new CacheLoaderException("The cache loader failed: " + e, e);
  }
}
