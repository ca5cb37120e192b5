package org.jcachememcached.api;

/**
 * How {@code clear()} and {@code destroyCache} remove all entries of a cache. Value of the setting
 * {@code clear}; all clients of a cache must use the same.
 */
public enum ClearStrategy {

  /**
   * The servers list the keys of the cache, and the entries are removed one by one: the time is
   * proportional to the number of items on the servers. The default.
   */
  SCAN,

  /**
   * The keys of a cache contain its generation, which a clear replaces, in constant time. The old
   * entries are unreachable and stay in memory until they expire or are evicted. Each call reads
   * the generation in the same round trip.
   */
  GENERATION
}
