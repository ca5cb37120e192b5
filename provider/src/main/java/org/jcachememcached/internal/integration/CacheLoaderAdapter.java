package org.jcachememcached.internal.integration;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import javax.cache.integration.CacheLoader;
import javax.cache.integration.CacheLoaderException;
import org.jspecify.annotations.Nullable;

/**
 * The only way to an application's {@link CacheLoader} (JSR-107 section 7.1): it wraps what the
 * loader throws, leaves out what the loader does not know, and refuses values of another type than
 * the cache's. Thread-safe if the loader is.
 */
public final class CacheLoaderAdapter<K, V> {

  private final CacheLoader<K, V> loader;
  private final TypeCheck<V> values;

  public CacheLoaderAdapter(CacheLoader<K, V> loader, TypeCheck<V> values) {
    this.loader = loader;
    this.values = values;
  }

  /**
   * The value of a key, or null when the loader knows none.
   *
   * @throws CacheLoaderException if the loader fails
   * @throws ClassCastException if the value is of another type than the cache's
   */
  public @Nullable V load(K key) {
    // It is an Object until it is checked: the loader's types are gone at runtime.
    @Nullable Object value;
    try {
      value = loader.load(key);
    } catch (Exception e) {
      throw wrapped(e);
    }
    return value == null ? null : values.require(value);
  }

  /**
   * The values of those of the keys that the loader knows, in a map of the gate's own; what it
   * returns for other keys is left out.
   *
   * @throws CacheLoaderException if the loader fails
   * @throws ClassCastException if a value is of another type than the cache's
   */
  public Map<K, V> loadAll(Set<? extends K> keys) {
    @Nullable Map<K, ?> loaded;
    try {
      loaded = loader.loadAll(keys);
    } catch (Exception e) {
      throw wrapped(e);
    }
    Map<K, V> known = new HashMap<>();
    for (K key : keys) {
      Object value = loaded == null ? null : loaded.get(key);
      if (value != null) {
        known.put(key, values.require(value));
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
