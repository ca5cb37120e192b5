package org.jcachememcached.internal.store.memcached;

import java.util.concurrent.atomic.LongAdder;

/**
 * Counts events of one server since the store was opened. Thread-safe.
 *
 * @param timeouts operations that were not answered in time
 * @param rejections operations that were refused because too much was under way
 * @param breakerOpenings how often the server was given up because it did not answer
 * @param connectionsGivenUp how often one connection was given up because it did not answer
 * @param reconnects how often it was usable again
 */
record NodeCounters(
    LongAdder timeouts,
    LongAdder rejections,
    LongAdder breakerOpenings,
    LongAdder connectionsGivenUp,
    LongAdder reconnects) {

  NodeCounters() {
    this(new LongAdder(), new LongAdder(), new LongAdder(), new LongAdder(), new LongAdder());
  }
}
