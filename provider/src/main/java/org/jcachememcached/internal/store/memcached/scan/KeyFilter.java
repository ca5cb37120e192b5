package org.jcachememcached.internal.store.memcached.scan;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;

/** Which of the keys on a server are of interest. Implementations are thread-safe. */
@FunctionalInterface
public interface KeyFilter {

  /** Those that begin with one of the prefixes. */
  static KeyFilter below(Collection<String> prefixes) {
    List<String> each = List.copyOf(prefixes);
    return (key, length) -> each.stream().anyMatch(text(key, length)::startsWith);
  }

  /** The key in the first bytes of an array. */
  static String text(byte[] key, int length) {
    return new String(key, 0, length, StandardCharsets.ISO_8859_1);
  }

  /** Whether the key in the first bytes of the array is. */
  boolean accepts(byte[] key, int length);
}
