package org.jcachememcached.internal.store.warmup;

import org.jcachememcached.internal.config.FallbackWrites;

/** What happens in the warm group to the entries that are read and written. */
enum MigrationMode {

  /** Entries that are read move: the original is removed. */
  MOVE,

  /** As {@link #MOVE}, but what is written is copied to the warm group, for clients of that. */
  MIRROR,

  /** Entries that are read are copied: the original stays until the entry changes. */
  COPY,

  /**
   * Entries are not read any more, but removed when they change, or are found to be absent from the
   * cold group: for clients that still read them.
   */
  CLEAR;

  static MigrationMode of(FallbackWrites writes) {
    return writes == FallbackWrites.NEW ? MOVE : MIRROR;
  }
}
