package org.jcachememcached.internal.store.memcached.discovery;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jcachememcached.internal.config.Endpoint.TcpPort;
import org.jcachememcached.internal.config.Server;
import org.jspecify.annotations.Nullable;

/**
 * Asks the configuration endpoint of a cluster for its nodes; if it does not answer, some of the
 * nodes that it named last, each of which knows all of them. For one thread, but {@link #abandon}
 * may be called from any.
 */
final class ConfigurationQuestion implements Question {

  /** So many nodes are asked, each of which may take the timeout. */
  private static final int MAX_NODES = 3;

  /** Asks one server, the endpoint or a node. */
  interface Asking {
    ConfigurationAnswer ask(Server server) throws SourceException;
  }

  private final Server endpoint;
  private final Asking asking;
  private volatile @Nullable ConfigurationConnection current;
  private volatile boolean abandoned;
  private List<Server> nodes = List.of();
  private long version = Long.MIN_VALUE;

  ConfigurationQuestion(TcpPort endpoint, DiscoveryOptions options) {
    this.endpoint = new Server(endpoint, 1);
    this.asking = server -> askOver(new ConfigurationConnection(server, options));
  }

  /** A question whose connections are replaced. */
  ConfigurationQuestion(TcpPort endpoint, Asking asking) {
    this.endpoint = new Server(endpoint, 1);
    this.asking = asking;
  }

  private ConfigurationAnswer askOver(ConfigurationConnection connection) throws SourceException {
    current = connection;
    if (abandoned) {
      connection.close();
    }
    return connection.ask();
  }

  @Override
  public List<Server> ask() throws SourceException {
    try {
      return take(endpoint);
    } catch (SourceException failure) {
      for (Server node : someNodes()) {
        try {
          return take(node);
        } catch (SourceException ofNode) {
          failure.addSuppressed(ofNode);
        }
      }
      throw failure;
    }
  }

  private List<Server> someNodes() {
    List<Server> some = new ArrayList<>(nodes);
    Collections.shuffle(some);
    return abandoned ? List.of() : some.subList(0, Math.min(some.size(), MAX_NODES));
  }

  /** A server that lags behind others must not take back what they have answered. */
  private List<Server> take(Server server) throws SourceException {
    ConfigurationAnswer answer = asking.ask(server);
    if (answer.version() < version) {
      throw new SourceException(
          "answered with version %d of the nodes, after version %d"
              .formatted(answer.version(), version));
    }
    version = answer.version();
    nodes = answer.servers();
    return nodes;
  }

  @Override
  public void abandon() {
    abandoned = true;
    ConfigurationConnection connection = current;
    if (connection != null) {
      connection.close();
    }
  }
}
