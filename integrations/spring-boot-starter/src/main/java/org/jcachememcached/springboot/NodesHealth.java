package org.jcachememcached.springboot;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.jcachememcached.MemcachedCache;
import org.jcachememcached.MemcachedCacheManager;
import org.jcachememcached.api.NodeMXBean;

/**
 * The state of the servers of a manager and its caches, as this JVM knows it, without asking any
 * server.
 *
 * @param details of each server, what a health endpoint shows
 * @param allDown whether there are servers and none of them can be used
 */
record NodesHealth(Map<String, Object> details, boolean allDown) {

  /** The setting that makes the application unhealthy while all servers are down. */
  static final String DOWN_WHEN_UNREACHABLE = "management.health.memcached.down-when-unreachable";

  private static final String DOWN = "DOWN";

  static NodesHealth of(MemcachedCacheManager manager) {
    Map<String, NodeMXBean> nodes = new LinkedHashMap<>();
    Stream.concat(
            manager.nodes().stream(),
            manager.openCaches().stream().map(MemcachedCache::nodes).flatMap(own -> own.stream()))
        .forEach(node -> nodes.putIfAbsent(node.getServer(), node));
    Map<String, Object> details = new LinkedHashMap<>();
    nodes.forEach((server, node) -> details.put(server, detailsOf(node)));
    boolean allDown =
        !nodes.isEmpty() && nodes.values().stream().allMatch(node -> DOWN.equals(node.getState()));
    return new NodesHealth(details, allDown);
  }

  private static Map<String, Object> detailsOf(NodeMXBean node) {
    Map<String, Object> details = new LinkedHashMap<>();
    details.put("state", node.getState());
    details.put("since", node.getStateSince());
    String failure = node.getFailure();
    if (failure != null) {
      details.put("failure", failure);
    }
    return details;
  }
}
