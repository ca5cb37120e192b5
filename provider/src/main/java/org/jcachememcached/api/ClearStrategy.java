package org.jcachememcached.api;

/** How all entries of a cache are removed at once. */
public enum ClearStrategy {

  /** They are listed by the servers and removed one by one. */
  SCAN,

  /**
   * They stay where they are, and nobody looks there any more: the keys of a cache contain its
   * generation, and the cache gets another one.
   */
  GENERATION
}
