package org.jcachememcached.internal.integration;

import org.jspecify.annotations.Nullable;

/**
 * A call to the writer that an operation asks for.
 *
 * @param value what to write, or null to delete
 */
public record WriteThrough<K, V>(K key, @Nullable V value) {

  public static <K, V> WriteThrough<K, V> write(K key, V value) {
    return new WriteThrough<>(key, value);
  }

  public static <K, V> WriteThrough<K, V> delete(K key) {
    return new WriteThrough<>(key, null);
  }

  boolean isDelete() {
    return value == null;
  }
}
