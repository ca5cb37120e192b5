package org.jcachememcached.api;

import javax.cache.management.CacheStatisticsMXBean;

/**
 * The statistics of one cache: those of JSR-107 (section 12.4), and the number of times that the
 * cache has continued in spite of a problem. The latter are counted since the cache was opened,
 * even while statistics are disabled; {@link #clear()} resets them as well. Thread-safe.
 */
public interface MemcachedStatisticsMXBean extends CacheStatisticsMXBean {

  /** The number of values that were not cached because they are too large for the servers. */
  long getTooLargeValues();

  /**
   * The number of operations that continued without the servers, as {@code on.failure=degrade}
   * allows.
   */
  long getDegradedOperations();

  /** The number of operations for which an entry counted as absent because it cannot be decoded. */
  long getUndecodableEntries();

  /**
   * The number of plain reads that the near cache (setting {@code near.cache}) has answered, a part
   * of the hits, or, if it keeps misses (setting {@code near.misses}), of the misses, except for
   * {@code containsKey}; counted while statistics are enabled.
   */
  long getNearHits();

  /**
   * The number of plain reads that went to the servers because the near cache did not have the
   * entry; counted while statistics are enabled, and always 0 without a near cache.
   */
  long getNearMisses();

  /** The number of entries, and of misses, that this cache keeps in its near cache now. */
  long getNearSize();

  /**
   * How often a call has waited for the value of an entry that another call was loading under a
   * lease (setting {@code lease.loads}), usually in another JVM; counted while statistics are
   * enabled, at the end of the wait.
   */
  long getLeaseWaits();

  /** How long these waits have taken in all, in milliseconds. */
  long getLeaseWaitMillis();

  /** The mean time of these waits, in microseconds; 0 if there were none. */
  float getAverageLeaseWaitTime();

  /**
   * The number of calls that have loaded a value for themselves, and not stored it, because another
   * call was still loading it when their wait had ended (setting {@code lease.wait}); counted while
   * statistics are enabled.
   */
  long getLeaseWaitTimeouts();

  /**
   * The number of values that were loaded under a lease and not stored, because the lease had
   * ended: the entry was removed or replaced during the load, or the lease was not renewed in time;
   * counted while statistics are enabled.
   */
  long getLostLeases();

  /**
   * The number of values that were served after the deadline of their entry (setting {@code
   * stale.for}), a part of the hits; counted while statistics are enabled.
   */
  long getStaleHits();

  /**
   * The number of entries that this cache has loaded anew in the background (settings {@code
   * refresh.ahead} and {@code stale.for}); counted while statistics are enabled.
   */
  long getRefreshes();

  /**
   * How often entries could not be loaded anew in the background; counted as {@link
   * #getDegradedOperations} is.
   */
  long getFailedRefreshes();
}
