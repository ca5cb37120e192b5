package org.jcachememcached.internal.engine;

import org.jcachememcached.internal.codec.key.EncodedKey;
import org.jspecify.annotations.Nullable;

/** A result of a scan: an entry, or an item that cannot be decoded. Not thread-safe. */
public final class ScannedEntry<K, V> {

  private final EncodedKey encodedKey;
  private final @Nullable K key;
  private final Snapshot<V> snapshot;

  /**
   * @param key null if it cannot be decoded; the snapshot is undecodable then
   */
  ScannedEntry(EncodedKey encodedKey, @Nullable K key, Snapshot<V> snapshot) {
    this.encodedKey = encodedKey;
    this.key = key;
    this.snapshot = snapshot;
  }

  /**
   * The key.
   *
   * @throws org.jcachememcached.api.CodecException if the stored bytes are no key of this cache
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
