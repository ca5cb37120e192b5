package org.jcachememcached.internal.integration;

import org.jspecify.annotations.Nullable;

/**
 * A call of the writer that an operation requires. Immutable.
 *
 * @param value the value to write, or null to delete
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
