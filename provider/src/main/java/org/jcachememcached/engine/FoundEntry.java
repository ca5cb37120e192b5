package org.jcachememcached.engine;

import org.jcachememcached.codec.EncodedKey;

/** An entry that a scan came upon. Not thread-safe. */
public final class FoundEntry<K, V> {

  private final EntryFormat<K, V> format;
  private final EncodedKey encodedKey;
  private final Snapshot<V> snapshot;

  FoundEntry(EntryFormat<K, V> format, EncodedKey encodedKey, Snapshot<V> snapshot) {
    this.format = format;
    this.encodedKey = encodedKey;
    this.snapshot = snapshot;
  }

  /**
   * The key, decoded anew each time.
   *
   * @throws org.jcachememcached.codec.CodecException if the stored bytes are no key of this cache
   */
  public K key() {
    return format.decode(encodedKey);
  }

  public Snapshot<V> snapshot() {
    return snapshot;
  }

  EncodedKey encodedKey() {
    return encodedKey;
  }
}
