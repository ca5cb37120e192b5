package org.jcachememcached.springboot;

import org.jspecify.annotations.Nullable;

/** A setting in {@code memcached.*} is unknown or not allowed; the message says where it is. */
final class InvalidSettingException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  InvalidSettingException(@Nullable String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
