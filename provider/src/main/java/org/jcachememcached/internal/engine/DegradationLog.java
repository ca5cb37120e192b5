package org.jcachememcached.internal.engine;

import java.time.InstantSource;
import org.jcachememcached.api.CodecException;
import org.jcachememcached.internal.logging.OccasionalLog;
import org.jcachememcached.internal.management.FailureCounters;
import org.jcachememcached.internal.store.StoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts and logs that a cache continues without its store, without an entry that it cannot decode,
 * or without a value that is too large for its servers: at most once a minute for each, with the
 * latest cause, because it may happen thousands of times a second. Thread-safe.
 */
public final class DegradationLog {

  private static final Logger LOG = LoggerFactory.getLogger(DegradationLog.class);

  private final String cacheName;
  private final FailureCounters counters;
  private final OccasionalLog degradations;
  private final OccasionalLog undecodable;
  private final OccasionalLog refusals;

  public DegradationLog(String cacheName, InstantSource clock, FailureCounters counters) {
    this.cacheName = cacheName;
    this.counters = counters;
    this.degradations = new OccasionalLog(clock);
    this.undecodable = new OccasionalLog(clock);
    this.refusals = new OccasionalLog(clock);
  }

  /** A call continued without the store, or without an entry that cannot be decoded. */
  void recordDegraded(RuntimeException cause) {
    if (cause instanceof CodecException) {
      counters.countUndecodable();
      undecodable.log(
          entries ->
              LOG.warn(
                  "Cache '{}' takes entries for absent that it cannot decode (setting"
                      + " 'on.failure'), {} times so far: {}",
                  cacheName,
                  entries,
                  cause.getMessage()));
    } else {
      counters.countDegraded();
      degradations.log(
          calls ->
              LOG.warn(
                  "Cache '{}' goes on without its store (setting 'on.failure'), {} calls so far:"
                      + " {}",
                  cacheName,
                  calls,
                  cause.getMessage()));
    }
  }

  /** A call continued without storing its value, which is too large for the servers. */
  void recordUncached(StoreException cause) {
    counters.countTooLarge();
    refusals.log(
        values ->
            LOG.warn(
                "Cache '{}' leaves values uncached that are too large, {} so far: {}",
                cacheName,
                values,
                cause.getMessage()));
  }

  /** A call failed because its value is too large for the servers. */
  void recordTooLarge() {
    counters.countTooLarge();
  }
}
