package org.jcachememcached.api;

/** What surrounds the bytes of a value on the servers. */
public enum ItemFormat {
  /** {@link #ENVELOPE} for codecs that only Java can read, {@link #PLAIN} for the others. */
  AUTO,
  /** The envelope of this provider: exact deadlines, keys of any length, settled doubts. */
  ENVELOPE,
  /** The bytes alone, with the flags 0, which every client reads. */
  PLAIN,
  /** As pymemcache, pylibmc and python-memcached write them. */
  PYTHON,
  /** As PHP's memcached extension writes them. */
  PHP
}
