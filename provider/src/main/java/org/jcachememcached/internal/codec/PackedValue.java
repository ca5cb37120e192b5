package org.jcachememcached.internal.codec;

import org.jcachememcached.api.CodecException;
import org.jspecify.annotations.Nullable;

/**
 * A value as it lies in a store, not decoded yet, with what is known of it. Immutable as long as
 * nobody writes into its arrays.
 */
public interface PackedValue {

  /** Memcached's 32 client flags. */
  int flags();

  /** Everything that goes into the store beside the flags; not to be changed. */
  byte[] data();

  /** When the entry expires, in milliseconds since the epoch, or {@link Envelope#ETERNAL}. */
  long deadline();

  /** What the write that stored this chose at random, or {@link Envelope#NO_WRITE_ID}. */
  long writeId();

  /** The {@link EncodedKey#original} of the key, if it came with the value; not to be changed. */
  byte @Nullable [] key();

  /**
   * Whether nobody may see this any more.
   *
   * @param now in milliseconds since the epoch
   */
  boolean isExpired(long now);

  /** The same value, undecoded, with another deadline and without a write id. */
  PackedValue withDeadline(long newDeadline);

  /**
   * Decodes the value.
   *
   * @throws CodecException if that is not possible
   */
  Object value();
}
