package org.jcachememcached.internal.store.memcached;

import java.util.List;
import org.jcachememcached.api.ServersMXBean;
import org.jcachememcached.internal.config.ConnectionSettings;
import org.jcachememcached.internal.config.Server;
import org.jcachememcached.internal.config.ServerSource;
import org.jcachememcached.internal.store.memcached.discovery.Discovery;
import org.jspecify.annotations.Nullable;

/** The servers of a store as applications and JMX see them. Thread-safe. */
final class ServersView implements ServersMXBean {

  private final ServerSource source;
  private final Discovery discovery;
  private final Topology topology;

  ServersView(ServerSource source, Discovery discovery, Topology topology) {
    this.source = source;
    this.discovery = discovery;
    this.topology = topology;
  }

  @Override
  public String getSource() {
    return source.toString();
  }

  @Override
  public @Nullable String getSourceFailure() {
    return discovery.failure();
  }

  @Override
  public List<String> getServers() {
    return topology.fleet().ring().servers().stream().map(Server::toString).toList();
  }

  @Override
  public long getChanges() {
    return topology.changes();
  }

  @Override
  public boolean isChanging() {
    return !Topology.isSettled(topology.fleet());
  }

  @Override
  public boolean isSwept() {
    return topology.fleet().nodes().stream().noneMatch(ServerNode::hasGains);
  }

  @Override
  public void changeServers(String servers) {
    topology.change(ConnectionSettings.listOfServers(servers));
  }
}
