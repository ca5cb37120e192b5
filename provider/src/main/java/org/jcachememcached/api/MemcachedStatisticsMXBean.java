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
   * of the hits except for {@code containsKey}; counted while statistics are enabled.
   */
  long getNearHits();

  /**
   * The number of plain reads that went to the servers because the near cache did not have the
   * entry; counted while statistics are enabled, and always 0 without a near cache.
   */
  long getNearMisses();

  /** The number of entries that this cache keeps in its near cache now. */
  long getNearSize();
}
