package org.jcachememcached.internal.codec.envelope;

import java.util.List;
import org.jcachememcached.api.CodecException;
import org.jcachememcached.api.ValueCodec;
import org.jcachememcached.internal.store.Item;
import org.jspecify.annotations.Nullable;

/**
 * A value as it is in a store, not decoded yet, and what is known of it. Immutable as long as its
 * arrays are not written to.
 */
public interface PackedValue {

  /** Memcached's 32 client flags. */
  int flags();

  /** Everything that is stored beside the flags; not to be changed. */
  byte[] data();

  /** When the entry expires, in milliseconds since the epoch, or {@link Item#FOREVER}. */
  long deadline();

  /**
   * Whether no deadline is stored with the value: the entry expires when the store drops it, which
   * may be up to two seconds after the {@link #deadline}.
   */
  boolean endsAtStore();

  /**
   * Until when a client loads the entry, in milliseconds since the epoch; 0 if this is no lease.
   */
  default long leaseEnd() {
    return 0;
  }

  /** The random number of the write that stored this, or {@link Envelope#NO_WRITE_ID}. */
  long writeId();

  /** The canonical form of the key, if it came with the value; not to be changed. */
  byte @Nullable [] key();

  /** The tags of the entry with the versions they had when it was stored; an immutable list. */
  List<TagVersion> tags();

  /**
   * Whether the entry is expired.
   *
   * @param now in milliseconds since the epoch
   */
  boolean isExpired(long now);

  /** The same value, undecoded, with the same tags, another deadline and no write id. */
  PackedValue withDeadline(long newDeadline);

  /**
   * Decodes the value.
   *
   * @param codec the one that encoded it
   * @throws CodecException if that is not possible
   */
  Object value(ValueCodec codec);
}
