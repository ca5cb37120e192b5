package org.jcachememcached.internal.jcache;

import javax.cache.Cache;

/** An entry as an iterator returns it and as a cache writer receives it. Immutable. */
public record CacheEntry<K, V>(K key, V value) implements Cache.Entry<K, V> {

  @Override
  public K getKey() {
    return key;
  }

  @Override
  public V getValue() {
    return value;
  }

  @Override
  public <T> T unwrap(Class<T> type) {
    return Unwrap.to(type, this);
  }
}
