package org.jcachememcached.api;

/** How keys are written. */
public enum KeyStrategy {
  /** As readable as type and length allow; every serializable key has a form. */
  AUTO,
  /** As their bare text, which other clients can write too. */
  STRING,
  /** In URL-safe base64. */
  BASE64,
  /** As their hash. */
  HASH
}
