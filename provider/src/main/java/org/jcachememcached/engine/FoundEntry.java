package org.jcachememcached.engine;

import org.jcachememcached.codec.EncodedKey;
import org.jspecify.annotations.Nullable;

/** What a scan came upon: an entry, or something that cannot be decoded. Not thread-safe. */
public final class FoundEntry<K, V> {

  private final EncodedKey encodedKey;
  private final @Nullable K key;
  private final Snapshot<V> snapshot;

  /**
   * @param key null when it cannot be decoded; the snapshot is then undecodable
   */
  FoundEntry(EncodedKey encodedKey, @Nullable K key, Snapshot<V> snapshot) {
    this.encodedKey = encodedKey;
    this.key = key;
    this.snapshot = snapshot;
  }

  /**
   * The key.
   *
   * @throws org.jcachememcached.codec.CodecException if the stored bytes are no key of this cache
   */
  public K key() {
    if (key == null) {
      throw snapshot.undecodable();
    }
    return key;
  }

  EncodedKey encodedKey() {
    return encodedKey;
  }

  Snapshot<V> snapshot() {
    return snapshot;
  }
}
