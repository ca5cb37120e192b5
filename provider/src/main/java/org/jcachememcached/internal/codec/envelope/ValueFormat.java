package org.jcachememcached.internal.codec.envelope;

import java.util.List;
import org.jcachememcached.api.CodecException;
import org.jcachememcached.internal.store.Item;
import org.jspecify.annotations.Nullable;

/**
 * What the items of a cache look like: what surrounds the bytes of a value, and what the flags
 * mean. Implementations are thread-safe.
 */
public interface ValueFormat {

  /**
   * Packs a value.
   *
   * @param deadline in milliseconds since the epoch, or {@link Item#FOREVER}
   * @param writeId a random number, or {@link Envelope#NO_WRITE_ID}; it is lost where items have no
   *     envelope
   * @param key the canonical form of the key, if the wire holds only its hash
   * @param tags those of the entry
   * @throws CodecException if the value, the value of such a key, or a value with tags has no form
   */
  PackedValue seal(
      Object value, long deadline, long writeId, byte @Nullable [] key, List<TagVersion> tags);

  /**
   * Packs nothing: the deadline is {@link Envelope#NO_ENTRY}, as that of no value is. Null where
   * items have no envelope, because other clients would read it as a value.
   */
  @Nullable PackedValue sealNothing(long writeId, byte @Nullable [] key);

  /** Packs a lease, which is nothing to all but those who would load; null for the same reason. */
  default @Nullable PackedValue sealLease(long end, long writeId, byte @Nullable [] key) {
    return null;
  }

  /**
   * Interprets what a store returned. The array is kept, the value is not decoded yet.
   *
   * @param keepUntil when the store forgets the item, in milliseconds since the epoch, or {@link
   *     Item#FOREVER}
   * @throws CodecException if it is nothing of this format
   */
  PackedValue open(int flags, byte[] data, long keepUntil);

  /**
   * Decodes a value.
   *
   * @param packed of this format
   * @throws CodecException if that is not possible
   */
  Object value(PackedValue packed);

  /**
   * Whether a value that is sealed without deadline, write id and key is its decimal digits, so
   * that a store can count in it.
   */
  boolean isCountable();

  /** Whether this and all other readers take a number that the store has created for one. */
  boolean recognizesCreatedNumbers();

  /**
   * The bytes that a store can add at either end of the item of a value, so that it becomes the
   * item of the concatenation; null if that is not possible.
   *
   * @throws CodecException if the part has no form
   */
  byte @Nullable [] appendable(Object part);

  /**
   * Whether deadline, write id, key and tags are stored with a value. Without them, an entry ends
   * when the store forgets it, a write whose reply was lost is not recognized, no key may be hashed
   * and no entry have tags.
   */
  boolean hasEnvelope();
}
