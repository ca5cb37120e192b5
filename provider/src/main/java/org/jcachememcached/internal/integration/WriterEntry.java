package org.jcachememcached.internal.integration;

import javax.cache.Cache;

/** An entry as the writer sees it. */
record WriterEntry<K, V>(K key, V value) implements Cache.Entry<K, V> {

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
    if (type.isInstance(this)) {
      return type.cast(this);
    }
    throw new IllegalArgumentException("An entry for a cache writer is no " + type.getName());
  }
}
