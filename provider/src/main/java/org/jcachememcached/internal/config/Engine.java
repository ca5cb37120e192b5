package org.jcachememcached.internal.config;

/** Where entries can be stored. */
public enum Engine {
  /** On memcached servers. */
  MEMCACHED,
  /** In this JVM. */
  MEMORY,
  /** Nowhere: caching is switched off. */
  NONE
}
