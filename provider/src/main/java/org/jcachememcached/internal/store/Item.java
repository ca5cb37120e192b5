package org.jcachememcached.internal.store;

/**
 * Bytes on their way into a store.
 *
 * @param flags memcached's 32 client flags, opaque to the store
 * @param data the value's bytes; owned by the item, never changed after
 * @param keepUntil when the store may forget the item, in milliseconds since the epoch, or {@link
 *     #FOREVER}. A store keeps an item at least until then, unless it runs out of memory, and may
 *     keep it a few seconds longer: the exact deadline is the envelope's business.
 */
public record Item(int flags, byte[] data, long keepUntil) {

  /** The {@code keepUntil} of an item that the store must not forget by itself. */
  public static final long FOREVER = Long.MAX_VALUE;
}
