package org.jcachememcached.micrometer;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.cache.Cache;
import javax.cache.configuration.CompleteConfiguration;
import org.jcachememcached.MemcachedCache;
import org.jcachememcached.MemcachedCacheManager;
import org.jcachememcached.api.MemcachedStatisticsMXBean;
import org.jcachememcached.api.NodeMXBean;

/**
 * What a manager has at one moment. Immutable.
 *
 * @param caches the statistics of each open cache by its name
 * @param countingCaches those of caches with statistics enabled
 * @param nodes the servers of the manager and of single caches by their address
 */
record Snapshot(
    Map<String, MemcachedStatisticsMXBean> caches,
    Map<String, MemcachedStatisticsMXBean> countingCaches,
    Map<String, NodeMXBean> nodes) {

  static final Snapshot EMPTY = new Snapshot(Map.of(), Map.of(), Map.of());

  Snapshot {
    caches = Map.copyOf(caches);
    countingCaches = Map.copyOf(countingCaches);
    nodes = Map.copyOf(nodes);
  }

  /** What the manager has; nothing if it is closed meanwhile. */
  static Snapshot of(MemcachedCacheManager manager) {
    Snapshot.Builder builder = new Builder();
    try {
      builder.add(manager.nodes());
      for (MemcachedCache<?, ?> cache : manager.openCaches()) {
        builder.add(cache);
      }
    } catch (IllegalStateException closed) {
      return EMPTY;
    }
    return builder.build();
  }

  /** Collects a snapshot. Not thread-safe. */
  private static final class Builder {

    private final Map<String, MemcachedStatisticsMXBean> caches = new HashMap<>();
    private final Map<String, MemcachedStatisticsMXBean> countingCaches = new HashMap<>();
    private final Map<String, NodeMXBean> nodes = new HashMap<>();

    void add(List<NodeMXBean> servers) {
      for (NodeMXBean server : servers) {
        nodes.putIfAbsent(server.getServer(), server);
      }
    }

    /** Adds a cache, unless it is closed meanwhile. */
    void add(MemcachedCache<?, ?> cache) {
      try {
        MemcachedStatisticsMXBean statistics = cache.statistics();
        add(cache.nodes());
        caches.put(cache.getName(), statistics);
        if (isCounting(cache)) {
          countingCaches.put(cache.getName(), statistics);
        }
      } catch (IllegalStateException closed) {
        // As if it had been closed before.
      }
    }

    @SuppressWarnings("unchecked") // A class has no type arguments.
    private static <K, V> boolean isCounting(Cache<K, V> cache) {
      Class<?> type = CompleteConfiguration.class;
      return cache
          .getConfiguration((Class<CompleteConfiguration<K, V>>) type)
          .isStatisticsEnabled();
    }

    Snapshot build() {
      return new Snapshot(caches, countingCaches, nodes);
    }
  }
}
