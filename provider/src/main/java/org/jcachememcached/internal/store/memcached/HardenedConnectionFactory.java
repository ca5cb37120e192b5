package org.jcachememcached.internal.store.memcached;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.util.List;
import javax.net.ssl.SSLContext;
import net.spy.memcached.DefaultConnectionFactory;
import net.spy.memcached.FailureMode;
import net.spy.memcached.MemcachedConnection;
import net.spy.memcached.MemcachedNode;
import net.spy.memcached.NodeLocator;
import org.jspecify.annotations.Nullable;

/**
 * How the client of one store is set up. Every client has a factory of its own: one that is shared
 * shares its executor, which dies with the first client. Used by one thread.
 */
final class HardenedConnectionFactory extends DefaultConnectionFactory {

  /** Places in a queue beside those for which there are permits: for what nodes ask themselves. */
  private static final int PLACES_WITHOUT_PERMIT = 1024;

  private static final int BUFFER_SIZE = 64 * 1024;

  /**
   * So many operations in a row without an answer, and the connection is given up. That is for the
   * client's own operations; a node judges by those of the store, with its breaker.
   */
  private static final int TIMEOUT_THRESHOLD = 8;

  private final List<ServerNode> servers;
  private final NodeOptions options;

  HardenedConnectionFactory(List<ServerNode> servers, NodeOptions options) {
    super(options.maxRequests() + PLACES_WITHOUT_PERMIT, BUFFER_SIZE);
    this.servers = servers;
    this.options = options;
  }

  @Override
  public MemcachedConnection createConnection(List<InetSocketAddress> addresses)
      throws IOException {
    return new HardenedConnection(this);
  }

  /**
   * Makes the nodes as well. The client could only be given addresses that resolve now, and would
   * never ask the name service again; so it is given none, and the nodes look after theirs.
   */
  @Override
  public NodeLocator createLocator(List<MemcachedNode> none) {
    for (ServerNode server : servers) {
      server.connections().forEach(connection -> connection.attach(createNode(connection)));
    }
    return new KetamaLocator(servers);
  }

  private HardenedNode createNode(Connection owner) {
    try {
      InetSocketAddress name =
          InetSocketAddress.createUnresolved(owner.server().host(), owner.server().port());
      SocketChannel channel = SocketChannel.open();
      // A node asks its factory which host name a certificate must be for.
      HardenedConnectionFactory ofNode =
          new HardenedConnectionFactory(List.of(owner.owner()), options);
      return new HardenedNode(ofNode.createMemcachedNode(name, channel, BUFFER_SIZE), owner);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Asked by the AWS client: what to encrypt connections with, or null. */
  public @Nullable SSLContext getSSLContext() {
    return options.tls() == null ? null : options.tls().context();
  }

  /** Asked by a node of the AWS client: the name that its server's certificate must have. */
  public String getHostnameForTlsVerification() {
    return servers.get(0).server().host();
  }

  @Override
  public FailureMode getFailureMode() {
    return FailureMode.Cancel;
  }

  @Override
  public long getOperationTimeout() {
    return options.timeout().toMillis();
  }

  @Override
  public int getTimeoutExceptionThreshold() {
    return TIMEOUT_THRESHOLD;
  }

  /** Nobody waits for a place in a queue: a full one refuses at once. */
  @Override
  public long getOpQueueMaxBlockTime() {
    return 0;
  }

  @Override
  public boolean isDaemon() {
    return true;
  }

  @Override
  public boolean useNagleAlgorithm() {
    return false;
  }

  /** Never: a get that was merged with others and cancelled would look like a miss. */
  @Override
  public boolean shouldOptimize() {
    return false;
  }
}
