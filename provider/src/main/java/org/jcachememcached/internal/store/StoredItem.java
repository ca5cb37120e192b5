package org.jcachememcached.internal.store;

/**
 * An item as a store holds it. Immutable.
 *
 * @param flags memcached's 32 client flags
 * @param data the bytes of the value, not to be changed by the reader
 * @param cas changes with every write to the key (memcached's CAS id); never {@link Command#NO_CAS}
 * @param keepUntil when the store drops the item, in milliseconds since the epoch, or {@link
 *     Item#FOREVER}; as precise as the store's clock, and such that an item that is stored again
 *     with it lives neither longer nor shorter
 */
public record StoredItem(int flags, byte[] data, long cas, long keepUntil) {}
