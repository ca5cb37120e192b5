package org.jcachememcached.internal.config;

/** Which servers hold what is written while caches move from the old servers to the new ones. */
public enum FallbackWrites {

  /** The new servers only; the entry on the old servers is removed. */
  NEW,

  /** The new servers and the old ones, so that a rollback finds a warm cache. */
  BOTH
}
