package org.jcachememcached.internal.engine;

import org.jcachememcached.internal.store.Command;
import org.jcachememcached.internal.store.StoreException;
import org.jspecify.annotations.Nullable;

/**
 * A conditional store whose reply was lost: it may have happened, and may even happen yet.
 * Immutable.
 *
 * @param cas the CAS value of the condition; null if the entry had not been read
 * @param writeId identifies the stored value
 * @param outcome the outcome if it happened
 * @param cause how the reply was lost
 */
record IndeterminateWrite<K, V, R extends @Nullable Object>(
    @Nullable Long cas, long writeId, Outcome<K, V, R> outcome, StoreException cause) {

  /** What a later read of the entry shows. */
  enum Resolution {
    /** It happened. */
    DONE,
    /** It has not happened, and another store with the same condition keeps it from happening. */
    NOT_DONE,
    /** Another client wrote since, over its value or over the previous one. */
    UNKNOWN
  }

  Resolution resolve(Snapshot<V> entry) {
    return resolve(cas, writeId, entry);
  }

  /** What a later read shows of a store with that condition and that write id. */
  static Resolution resolve(@Nullable Long cas, long writeId, Snapshot<?> entry) {
    if (entry.writeId() == writeId) {
      return Resolution.DONE;
    }
    boolean untouched = cas != null && cas != Command.NO_CAS && cas == entry.cas();
    return untouched ? Resolution.NOT_DONE : Resolution.UNKNOWN;
  }
}
