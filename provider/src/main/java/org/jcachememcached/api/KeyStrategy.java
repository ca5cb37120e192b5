package org.jcachememcached.api;

/**
 * How keys are converted to keys of memcached, which are at most 250 printable ASCII characters
 * without spaces. Value of the setting {@code key.strategy}.
 */
public enum KeyStrategy {
  /**
   * As readable as the type and the length of a key allow; supports every serializable key. The
   * default.
   */
  AUTO,
  /** The plain text of the key, which other clients can write too. */
  STRING,
  /** URL-safe base64. */
  BASE64,
  /** A hash, see the setting {@code key.digest}. */
  HASH
}
