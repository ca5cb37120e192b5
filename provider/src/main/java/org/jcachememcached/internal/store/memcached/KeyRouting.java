package org.jcachememcached.internal.store.memcached;

import org.jcachememcached.internal.config.AffinityRule;
import org.jcachememcached.internal.store.AffinityMark;
import org.jspecify.annotations.Nullable;

/**
 * Which part of a key determines its server: its affinity, if it has one, else all of it.
 * Immutable.
 *
 * @param rule whether a part in braces is an affinity
 */
record KeyRouting(AffinityRule rule) {

  /** The last character alone, as it is in keys of the client library, which are not bytes. */
  private static final char MARK = AffinityMark.TEXT.charAt(AffinityMark.TEXT.length() - 1);

  /** The part of the key that is hashed. */
  String partOf(String key) {
    int mark = key.lastIndexOf(MARK);
    if (mark >= 0) {
      return key.substring(mark + 1);
    }
    @Nullable String inBraces = rule == AffinityRule.BRACES ? AffinityMark.inBraces(key) : null;
    return inBraces == null ? key : inBraces;
  }
}
