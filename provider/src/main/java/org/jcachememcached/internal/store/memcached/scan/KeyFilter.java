package org.jcachememcached.internal.store.memcached.scan;

import java.nio.charset.StandardCharsets;

/** Which of the keys on a server are of interest. Implementations are thread-safe. */
@FunctionalInterface
public interface KeyFilter {

  /** All of them. */
  KeyFilter ALL = (key, length) -> true;

  /** The key in the first bytes of an array. */
  static String text(byte[] key, int length) {
    return new String(key, 0, length, StandardCharsets.ISO_8859_1);
  }

  /** Whether the key in the first bytes of the array is. */
  boolean accepts(byte[] key, int length);
}
