package org.jcachememcached.internal.store;

/**
 * An item to be stored. Immutable.
 *
 * @param flags memcached's 32 client flags, opaque to the store
 * @param data the bytes of the value; owned by the item and never changed
 * @param keepUntil when the store may drop the item, in milliseconds since the epoch, or {@link
 *     #FOREVER}. A store keeps an item at least until then, unless it runs out of memory, and may
 *     keep it up to two seconds longer: an exact deadline is part of the envelope.
 */
public record Item(int flags, byte[] data, long keepUntil) {

  /** The {@code keepUntil} of an item that never expires. */
  public static final long FOREVER = Long.MAX_VALUE;
}
