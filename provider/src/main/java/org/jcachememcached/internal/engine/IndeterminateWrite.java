package org.jcachememcached.internal.engine;

import org.jcachememcached.internal.store.Command;
import org.jcachememcached.internal.store.StoreException;
import org.jspecify.annotations.Nullable;

/**
 * A conditional store whose answer was lost: it may have happened, and may even happen yet.
 * Immutable.
 *
 * @param cas what the store was conditional on; null when nothing had been looked at
 * @param writeId by which the stored value is known again
 * @param outcome what the caller is told if it happened
 * @param cause how the answer was lost
 */
record IndeterminateWrite<K, V, R extends @Nullable Object>(
    @Nullable Long cas, long writeId, Outcome<K, V, R> outcome, StoreException cause) {

  /** What a look at the entry says of it. */
  enum Finding {
    /** It happened. */
    DONE,
    /** It has not happened, and another store with the same condition keeps it from happening. */
    NOT_DONE,
    /** Somebody wrote since; over its value or over the one before, nobody can tell. */
    UNKNOWN
  }

  Finding find(Snapshot<V> entry) {
    if (entry.writeId() == writeId) {
      return Finding.DONE;
    }
    boolean untouched = cas != null && cas != Command.NO_CAS && cas == entry.cas();
    return untouched ? Finding.NOT_DONE : Finding.UNKNOWN;
  }
}
