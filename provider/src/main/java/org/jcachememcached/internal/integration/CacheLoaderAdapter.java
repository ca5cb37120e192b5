package org.jcachememcached.internal.integration;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import javax.cache.integration.CacheLoader;
import javax.cache.integration.CacheLoaderException;
import org.jspecify.annotations.Nullable;

/**
 * Calls the {@link CacheLoader} of an application (JSR-107 section 7.1): wraps its exceptions,
 * omits the keys that it returns no value for, and rejects values of a wrong type. Thread-safe if
 * the loader is.
 */
public final class CacheLoaderAdapter<K, V> {

  private final CacheLoader<K, V> loader;
  private final TypeCheck<V> values;

  public CacheLoaderAdapter(CacheLoader<K, V> loader, TypeCheck<V> values) {
    this.loader = loader;
    this.values = values;
  }

  /**
   * The value of a key, or null if the loader returns none.
   *
   * @throws CacheLoaderException if the loader fails
   * @throws ClassCastException if the value is not of the value type of the cache
   */
  public @Nullable V load(K key) {
    // An Object until it is checked: the type arguments of the loader are erased.
    @Nullable Object value;
    try {
      value = loader.load(key);
    } catch (Exception e) {
      throw wrapped(e);
    }
    return value == null ? null : values.require(value);
  }

  /**
   * The values that the loader returns for these keys, in a new map; values for other keys are
   * omitted.
   *
   * @throws CacheLoaderException if the loader fails
   * @throws ClassCastException if a value is not of the value type of the cache
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
