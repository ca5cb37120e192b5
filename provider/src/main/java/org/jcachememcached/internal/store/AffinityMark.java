package org.jcachememcached.internal.store;

import org.jspecify.annotations.Nullable;

/** How keys contain what keys on the same server have in common. Stateless. */
public final class AffinityMark {

  /**
   * Separates a key from its affinity, which is printable ASCII and the rest of the key on the
   * wire: a broken bar in UTF-8, one character for each of its two bytes. Nothing else in a key is
   * outside ASCII.
   */
  public static final String TEXT = "\u00C2\u00A6";

  private AffinityMark() {}

  /** What the first pair of braces contains that is not empty; null if there is none. */
  public static @Nullable String inBraces(String text) {
    for (int open = text.indexOf('{'); open >= 0; open = text.indexOf('{', open + 1)) {
      int close = text.indexOf('}', open + 1);
      if (close < 0) {
        return null;
      }
      if (close > open + 1) {
        return text.substring(open + 1, close);
      }
    }
    return null;
  }
}
