package org.jcachememcached.internal.store;

/**
 * Bytes as a store holds them.
 *
 * @param flags memcached's 32 client flags
 * @param data the value's bytes, not to be changed by the reader
 * @param cas changes with every write to the key (memcached's CAS id); never {@link
 *     Command#NO_TOKEN}
 * @param keepUntil when the store forgets the item, in milliseconds since the epoch, or {@link
 *     Item#FOREVER}; as precise as the store's clock, and such that an item that is stored again
 *     with it lives neither longer nor shorter on the whole
 */
public record StoredItem(int flags, byte[] data, long cas, long keepUntil) {}
