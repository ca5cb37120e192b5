package org.jcachememcached.api;

import org.jspecify.annotations.Nullable;

/** A key or a value that cannot become bytes, or bytes that are no key or value of this cache. */
public final class CodecException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public CodecException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
