package org.jcachememcached.internal.near;

/**
 * A read that the near cache could not answer, as it was begun: what it finds is kept only if the
 * entry was not changed by this JVM since. Immutable.
 *
 * @param key as it is sent to the store
 * @param begun in milliseconds since the epoch
 * @param changes the number of changes of the entry, and others, until then
 * @param clears how often all entries had been forgotten until then
 */
public record NearRead(String key, long begun, int changes, int clears) {}
