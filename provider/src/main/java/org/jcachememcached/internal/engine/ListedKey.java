package org.jcachememcached.internal.engine;

import java.util.Objects;
import org.jcachememcached.api.CodecException;
import org.jspecify.annotations.Nullable;

/**
 * A result of a listing of keys: a key, or why an item has none. Immutable.
 *
 * @param key null if it cannot be decoded
 * @param failure null if it can
 */
public record ListedKey<K>(@Nullable K key, @Nullable CodecException failure) {

  static <K> ListedKey<K> of(ScannedEntry<K, ?> entry) {
    try {
      return new ListedKey<>(entry.key(), null);
    } catch (CodecException e) {
      return new ListedKey<>(null, e);
    }
  }

  /**
   * The key.
   *
   * @throws CodecException if the stored bytes are no key of this cache
   */
  public K decoded() {
    if (failure != null) {
      throw failure;
    }
    return Objects.requireNonNull(key);
  }
}
