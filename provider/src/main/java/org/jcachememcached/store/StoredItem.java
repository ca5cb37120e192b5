package org.jcachememcached.store;

/**
 * Bytes as a store holds them.
 *
 * @param flags memcached's 32 client flags
 * @param data the value's bytes, not to be changed by the reader
 * @param token changes with every write to the key (memcached's CAS id); never {@link
 *     Command#NO_TOKEN}
 */
public record StoredItem(int flags, byte[] data, long token) {}
