package org.jcachememcached.micrometer;

import org.jcachememcached.api.MemcachedStatisticsMXBean;

/**
 * The meters of one cache. {@code cache.*} are the names of Micrometer's own binders for caches;
 * {@code cache.evictions} and {@code cache.size} are not among them, because memcached does not say
 * which cache an evicted item belonged to, and counts its items for all caches together. Stateless.
 */
final class CacheMeters {

  private CacheMeters() {}

  /** Adds the meters that every cache has. */
  static void ofAny(MeterGroup group, MemcachedStatisticsMXBean statistics) {
    group.counter(
        "memcached.cache.degraded",
        "Operations that continued without the servers",
        statistics,
        MemcachedStatisticsMXBean::getDegradedOperations);
    group.counter(
        "memcached.cache.undecodable",
        "Entries treated as absent because they cannot be decoded",
        statistics,
        MemcachedStatisticsMXBean::getUndecodableEntries);
    group.counter(
        "memcached.cache.too.large",
        "Values that were not cached because they are larger than the servers accept",
        statistics,
        MemcachedStatisticsMXBean::getTooLargeValues);
    group.counter(
        "memcached.cache.failed.refreshes",
        "Entries that could not be loaded anew in the background",
        statistics,
        MemcachedStatisticsMXBean::getFailedRefreshes);
    group.gauge(
        "memcached.cache.near.size",
        "Entries and misses in the near cache",
        statistics,
        MemcachedStatisticsMXBean::getNearSize);
  }

  /** Adds the meters that a cache has while its statistics are enabled. */
  static void ofCounting(MeterGroup group, MemcachedStatisticsMXBean statistics) {
    addOperations(group, statistics);
    addNearCache(group, statistics);
    addLoads(group, statistics);
  }

  private static void addOperations(MeterGroup group, MemcachedStatisticsMXBean statistics) {
    group.counter(
        "cache.gets",
        "Reads of entries",
        statistics,
        MemcachedStatisticsMXBean::getCacheHits,
        "result",
        "hit");
    group.counter(
        "cache.gets",
        "Reads of entries",
        statistics,
        MemcachedStatisticsMXBean::getCacheMisses,
        "result",
        "miss");
    group.counter("cache.puts", "Entries put", statistics, MemcachedStatisticsMXBean::getCachePuts);
    group.counter(
        "cache.removals",
        "Entries removed by the application",
        statistics,
        MemcachedStatisticsMXBean::getCacheRemovals);
  }

  private static void addNearCache(MeterGroup group, MemcachedStatisticsMXBean statistics) {
    group.counter(
        "memcached.cache.near.gets",
        "Plain reads that asked the near cache",
        statistics,
        MemcachedStatisticsMXBean::getNearHits,
        "result",
        "hit");
    group.counter(
        "memcached.cache.near.gets",
        "Plain reads that asked the near cache",
        statistics,
        MemcachedStatisticsMXBean::getNearMisses,
        "result",
        "miss");
  }

  private static void addLoads(MeterGroup group, MemcachedStatisticsMXBean statistics) {
    group.timer(
        "memcached.cache.lease.waits",
        "Waits for a value that another call was loading",
        statistics,
        MemcachedStatisticsMXBean::getLeaseWaits,
        MemcachedStatisticsMXBean::getLeaseWaitMillis);
    group.counter(
        "memcached.cache.lease.wait.timeouts",
        "Calls that loaded for themselves because their wait had ended",
        statistics,
        MemcachedStatisticsMXBean::getLeaseWaitTimeouts);
    group.counter(
        "memcached.cache.lost.leases",
        "Values that were loaded and not stored because their lease had ended",
        statistics,
        MemcachedStatisticsMXBean::getLostLeases);
    group.counter(
        "memcached.cache.stale.hits",
        "Hits whose value was served after the deadline of its entry",
        statistics,
        MemcachedStatisticsMXBean::getStaleHits);
    group.counter(
        "memcached.cache.refreshes",
        "Entries that were loaded anew in the background",
        statistics,
        MemcachedStatisticsMXBean::getRefreshes);
  }
}
