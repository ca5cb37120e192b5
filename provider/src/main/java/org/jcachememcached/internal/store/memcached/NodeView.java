package org.jcachememcached.internal.store.memcached;

import java.util.Locale;
import org.jcachememcached.api.NodeMXBean;
import org.jcachememcached.internal.store.memcached.invalidation.Invalidations;
import org.jspecify.annotations.Nullable;

/** A server as applications and JMX see it. Thread-safe. */
final class NodeView implements NodeMXBean {

  private final ServerNode node;
  private final ServerStats stats;

  NodeView(ServerNode node) {
    this.node = node;
    this.stats = new ServerStats(node);
  }

  @Override
  public String getServer() {
    return node.server().endpoint().toString();
  }

  @Override
  public String getState() {
    return node.state().getClass().getSimpleName().toUpperCase(Locale.ROOT);
  }

  @Override
  public String getStateSince() {
    return node.stateSince().toString();
  }

  @Override
  public @Nullable String getFailure() {
    return node.state() instanceof NodeState.Down down ? down.message() : null;
  }

  @Override
  public long getBreakerOpenings() {
    return node.counters().breakerOpenings().sum();
  }

  @Override
  public long getTimeouts() {
    return node.counters().timeouts().sum();
  }

  @Override
  public long getRejections() {
    return node.counters().rejections().sum();
  }

  @Override
  public long getReconnects() {
    return node.counters().reconnects().sum();
  }

  @Override
  public int getOpenConnections() {
    return node.openConnections();
  }

  @Override
  public long getConnectionsGivenUp() {
    return node.counters().connectionsGivenUp().sum();
  }

  @Override
  public int getRequestsInFlight() {
    return node.permits().requests();
  }

  @Override
  public long getBytesInFlight() {
    return node.permits().bytes();
  }

  @Override
  public int getPendingInvalidations() {
    return (int) node.invalidations().sum(Invalidations::pending);
  }

  @Override
  public long getRequestedInvalidations() {
    return node.invalidations().sum(Invalidations::requested);
  }

  @Override
  public long getReplayedInvalidations() {
    return node.invalidations().sum(Invalidations::replayed);
  }

  @Override
  public long getInvalidationOverflows() {
    return node.invalidations().overflows();
  }

  @Override
  public @Nullable String getVersion() {
    return stats.text("version");
  }

  @Override
  public long getItems() {
    return stats.number("curr_items");
  }

  @Override
  public long getBytes() {
    return stats.number("bytes");
  }

  @Override
  public long getMaxBytes() {
    return stats.number("limit_maxbytes");
  }

  @Override
  public long getEvictions() {
    return stats.number("evictions");
  }

  @Override
  public double getHitRatio() {
    return stats.share("get_hits", "get_misses");
  }
}
