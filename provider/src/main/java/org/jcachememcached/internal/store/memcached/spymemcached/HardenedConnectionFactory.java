package org.jcachememcached.internal.store.memcached.spymemcached;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.function.Function;
import javax.net.ssl.SSLContext;
import net.spy.memcached.DefaultConnectionFactory;
import net.spy.memcached.FailureMode;
import net.spy.memcached.MemcachedConnection;
import net.spy.memcached.MemcachedNode;
import net.spy.memcached.NodeLocator;
import org.jcachememcached.internal.config.Server;
import org.jspecify.annotations.Nullable;

/**
 * How the client of one store is set up. Every client has a factory of its own: a shared one shares
 * its executor, which ends with the first client. Every node has one as well, because a node asks
 * its factory which host name a certificate must have. Used by one thread.
 */
final class HardenedConnectionFactory extends DefaultConnectionFactory {

  /** Places in a queue beside those for which there are permits: for requests of the nodes. */
  private static final int PLACES_WITHOUT_PERMIT = 1024;

  /**
   * After so many operations in a row without an answer the connection is given up. That is for the
   * client's own operations; the store judges by its own, with a circuit breaker.
   */
  private static final int TIMEOUT_THRESHOLD = 8;

  private final Server server;
  private final Function<String, HardenedNode> nodeOfKey;
  private final ClientOptions options;
  private final int bufferSize;

  /**
   * @param server whose name a certificate must have
   * @param nodeOfKey the node that keeps a key
   * @param bufferSize the size of each of the two buffers of a connection, in bytes
   */
  HardenedConnectionFactory(
      Server server,
      Function<String, HardenedNode> nodeOfKey,
      ClientOptions options,
      int bufferSize) {
    super(options.maxRequests() + PLACES_WITHOUT_PERMIT, bufferSize);
    this.server = server;
    this.nodeOfKey = nodeOfKey;
    this.options = options;
    this.bufferSize = bufferSize;
  }

  @Override
  public MemcachedConnection createConnection(List<InetSocketAddress> addresses)
      throws IOException {
    return new HardenedConnection(this);
  }

  /**
   * A locator without nodes. The client could only be given addresses that resolve now, and would
   * never ask the name service again; so it is given none, and nodes are added that look up theirs.
   */
  @Override
  public NodeLocator createLocator(List<MemcachedNode> none) {
    return new KetamaLocator(nodeOfKey);
  }

  /** A node for the server, which is not connected. */
  WritingNode createNode() throws IOException {
    SocketAddress address = server.endpoint().socketAddress();
    MemcachedNode ofClient = createMemcachedNode(address, SocketChannel.open(), bufferSize);
    return options.tls() == null
        ? new DirectNode(ofClient, getOpQueueLen(), getOperationTimeout())
        : new LoopWrittenNode(ofClient);
  }

  /** Asked by the AWS client: what to encrypt connections with, or null. */
  public @Nullable SSLContext getSSLContext() {
    return options.tls() == null ? null : options.tls().context();
  }

  /** Asked by a node of the AWS client: the name that its server's certificate must have. */
  public String getHostnameForTlsVerification() {
    return server.host();
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

  /** A full queue refuses at once instead of blocking the caller. */
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
