package org.jcachememcached.internal.codec;

import org.jcachememcached.api.CodecException;
import org.jspecify.annotations.Nullable;

/**
 * How values lie in a store: what surrounds their bytes, and what the flags mean. Implementations
 * are thread-safe.
 */
public interface ValueFormat {

  /**
   * Packs a value.
   *
   * @param deadline in milliseconds since the epoch, or {@link Envelope#ETERNAL}
   * @param writeId a random number, or {@link Envelope#NO_WRITE_ID}; it is lost where items have no
   *     envelope
   * @param key the {@link EncodedKey#original} of the key, if it has one
   * @throws CodecException if the value, or the value of such a key, has no form
   */
  PackedValue seal(Object value, long deadline, long writeId, byte @Nullable [] key);

  /**
   * Packs nothing, to be told from every value by its deadline; null where items have no envelope,
   * so that other clients would take it for a value.
   *
   * @param deadline in milliseconds since the epoch
   */
  @Nullable PackedValue sealNothing(long deadline, long writeId, byte @Nullable [] key);

  /**
   * Understands what a store gave back. The array is kept, the value is not decoded yet.
   *
   * @param keepUntil when the store forgets the item, in milliseconds since the epoch, or {@link
   *     Envelope#ETERNAL}
   * @throws CodecException if that is nothing of this format
   */
  PackedValue open(int flags, byte[] data, long keepUntil);

  /**
   * Whether deadline, write id and key travel with a value. Without, an entry ends when the store
   * forgets it, a write whose answer was lost is not known again, and no key may be hashed.
   */
  boolean hasEnvelope();
}
