package org.jcachememcached.api;

/**
 * The value of an entry together with the version that the entry had when it was read. Immutable if
 * the value is.
 *
 * @param <V> the type of the value
 * @param value the value; a copy of what the cache holds
 * @param version what a conditional change of the entry takes
 */
public record Versioned<V>(V value, EntryVersion version) {}
