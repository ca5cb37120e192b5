package org.jcachememcached.api;

import org.jspecify.annotations.Nullable;

/**
 * Thrown when a key or a value cannot be encoded, or when bytes are no key or value of the cache.
 */
public final class CodecException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public CodecException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
