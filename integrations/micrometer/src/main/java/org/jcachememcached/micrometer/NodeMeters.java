package org.jcachememcached.micrometer;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.jcachememcached.api.NodeMXBean;

/**
 * The meters of one server: {@code memcached.node.*} is what this JVM observes of it, {@code
 * memcached.server.*} what the server counts for all its clients. Stateless.
 */
final class NodeMeters {

  private static final List<String> STATES = List.of("CONNECTING", "READY", "DOWN");

  private NodeMeters() {}

  /** Adds all meters. */
  static void of(MeterGroup group, NodeMXBean node) {
    addState(group, node);
    addRequests(group, node);
    addInvalidations(group, node);
    addServer(group, node);
  }

  private static void addState(MeterGroup group, NodeMXBean node) {
    for (String state : STATES) {
      group.gauge(
          "memcached.node.state",
          "1 for the state that the node is in, 0 for the others",
          node,
          now -> now.getState().equals(state) ? 1 : 0,
          "state",
          state.toLowerCase(Locale.ROOT));
    }
    group.counter(
        "memcached.node.breaker.openings",
        "How often the circuit breaker has opened because the server did not answer",
        node,
        NodeMXBean::getBreakerOpenings);
    group.counter(
        "memcached.node.reconnects",
        "How often the server became available after it was down",
        node,
        NodeMXBean::getReconnects);
    group.gauge(
        "memcached.node.connections", "Usable connections", node, NodeMXBean::getOpenConnections);
    group.counter(
        "memcached.node.connections.given.up",
        "Connections that were replaced because they did not answer",
        node,
        NodeMXBean::getConnectionsGivenUp);
  }

  private static void addRequests(MeterGroup group, NodeMXBean node) {
    group.gauge(
        "memcached.node.requests.in.flight",
        "Requests in flight",
        node,
        NodeMXBean::getRequestsInFlight);
    group.bytes(
        "memcached.node.requests.in.flight.size",
        "Size of the requests in flight",
        node,
        NodeMXBean::getBytesInFlight);
    group.counter(
        "memcached.node.timeouts",
        "Operations without a reply in time",
        node,
        NodeMXBean::getTimeouts);
    group.counter(
        "memcached.node.rejections",
        "Operations rejected because of too many requests in flight",
        node,
        NodeMXBean::getRejections);
  }

  private static void addInvalidations(MeterGroup group, NodeMXBean node) {
    group.gauge(
        "memcached.node.invalidations.pending",
        "Keys that are still to be removed",
        node,
        NodeMXBean::getPendingInvalidations);
    group.counter(
        "memcached.node.invalidations.requested",
        "Keys that had to be removed because a write of them failed, or on request",
        node,
        NodeMXBean::getRequestedInvalidations);
    group.counter(
        "memcached.node.invalidations.replayed",
        "Keys that were removed on a new connection before it was used",
        node,
        NodeMXBean::getReplayedInvalidations);
    group.counter(
        "memcached.node.invalidations.overflows",
        "How often all keys were removed because there were too many to remember",
        node,
        NodeMXBean::getInvalidationOverflows);
  }

  private static void addServer(MeterGroup group, NodeMXBean node) {
    group.gauge(
        "memcached.server.items", "Items on the server", node, orUnknown(NodeMXBean::getItems));
    group.bytes(
        "memcached.server.memory.used", "Size of the items", node, orUnknown(NodeMXBean::getBytes));
    group.bytes(
        "memcached.server.memory.max",
        "Limit of the memory for items",
        node,
        orUnknown(NodeMXBean::getMaxBytes));
    group.counter(
        "memcached.server.evictions",
        "Evicted items since the start of the server",
        node,
        new LastKnown(NodeMXBean::getEvictions));
    group.gauge(
        "memcached.server.hit.ratio",
        "Share of gets that found an item since the start of the server",
        node,
        orUnknown(NodeMXBean::getHitRatio));
  }

  private static ToDoubleFunction<NodeMXBean> orUnknown(ToDoubleFunction<NodeMXBean> statistic) {
    return node -> {
      double value = statistic.applyAsDouble(node);
      return value < 0 ? Double.NaN : value;
    };
  }
}
