package org.jcachememcached.api;

/** Which servers hold what is written while caches move from old servers to new ones. */
public enum FallbackWrites {

  /** The new servers; what the old ones hold is removed. */
  NEW,

  /** The new servers, and the old ones as well, for going back with a warm cache. */
  BOTH
}
