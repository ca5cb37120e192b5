package org.jcachememcached.api;

/** The layout of values on the servers. Value of the setting {@code format}. */
public enum ItemFormat {
  /**
   * {@link #ENVELOPE} for codecs that only Java can read, {@link #PLAIN} for the others. The
   * default.
   */
  AUTO,
  /**
   * The envelope of this provider: deadlines exact to the millisecond, keys of any length, and the
   * ability to find out whether a write happened whose reply was lost.
   */
  ENVELOPE,
  /** The bytes of the value alone, with the flags 0, which every client reads. */
  PLAIN,
  /** As pymemcache, pylibmc and python-memcached write them. */
  PYTHON,
  /** As the memcached extension of PHP writes them. */
  PHP
}
