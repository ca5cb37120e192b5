package org.jcachememcached.api;

import javax.cache.management.CacheStatisticsMXBean;

/**
 * The statistics of one cache: those of JSR-107, and how often the cache has gone on although
 * something was not as it should be. The latter are counted from the beginning, also while
 * statistics are disabled; {@link #clear()} sets them to 0 as well.
 */
public interface MemcachedStatisticsMXBean extends CacheStatisticsMXBean {

  /** Values that were not cached because they are larger than the servers take. */
  long getTooLargeValues();

  /** Operations that went on without the servers, as {@code on.failure=degrade} allows. */
  long getDegradedOperations();

  /** Operations that took an entry for absent because it cannot be decoded. */
  long getUndecodableEntries();
}
