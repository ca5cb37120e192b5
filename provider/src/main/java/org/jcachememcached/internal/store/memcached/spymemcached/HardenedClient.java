package org.jcachememcached.internal.store.memcached.spymemcached;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import net.spy.memcached.MemcachedClient;
import org.jcachememcached.internal.config.Server;
import org.jcachememcached.internal.store.StoreException;
import org.jcachememcached.internal.store.StoreException.Reason;
import org.jcachememcached.internal.thread.DaemonThreads;
import org.jspecify.annotations.Nullable;

/** The client of one store: its I/O loop, and the nodes that it connects. Thread-safe. */
public final class HardenedClient implements AnswerLoop, AutoCloseable {

  /**
   * The client requires an address, but the nodes have their own. By the name in it, the AWS client
   * decides whether to ask that server for the others: with this one it does not.
   */
  private static final List<InetSocketAddress> UNUSED_ADDRESS =
      List.of(InetSocketAddress.createUnresolved("unused", 0));

  /** Each node has a factory of its own, with its server. */
  private static final Server UNUSED_SERVER = new Server("unused", 0, 1);

  private static final int LARGEST_BUFFER = 64 * 1024;
  private static final int SMALLEST_BUFFER = 8 * 1024;

  /** What all buffers take together, of each of the two kinds, unless there are very many. */
  private static final int BYTES_OF_BUFFERS = 8 * 1024 * 1024;

  private final MemcachedClient client;
  private final HardenedConnection io;
  private final ClientOptions options;

  private HardenedClient(MemcachedClient client, ClientOptions options) {
    this.client = client;
    this.io = (HardenedConnection) client.getConnection();
    this.options = options;
  }

  /**
   * Prepares the client library; to be called before every other use of this package.
   *
   * <p>The library looks for its log and its hash once, when its classes are initialized.
   */
  public static void initializeLibrary() {
    ClientLog.route();
    Md5Substitute.initializeLibrary();
  }

  /**
   * Starts the I/O thread of a client that has no nodes yet.
   *
   * @param servers as configured, for names and messages
   * @param nodeOfKey the node that keeps a key, for operations of the client's own
   * @throws StoreException if there is no place for connections on this machine
   */
  public static HardenedClient open(
      String servers, Function<String, HardenedNode> nodeOfKey, ClientOptions options) {
    HardenedConnectionFactory factory =
        new HardenedConnectionFactory(UNUSED_SERVER, nodeOfKey, options, SMALLEST_BUFFER);
    try {
      HardenedClient client =
          new HardenedClient(new MemcachedClient(factory, UNUSED_ADDRESS), options);
      client.io.setName("jcache-memcached I/O of " + servers);
      return client;
    } catch (IOException e) {
      throw noConnections(servers, e);
    }
  }

  /**
   * Creates a node, which does not connect before it is asked to.
   *
   * @param connections how many the client will have: the more, the smaller are their buffers
   * @throws StoreException if there is no place for connections on this machine
   */
  public HardenedNode newNode(Server server, ConnectionListener listener, int connections) {
    try {
      HardenedNode node =
          HardenedNode.create(server, listener, io, options, bufferSize(connections));
      io.ketama().add(node);
      return node;
    } catch (IOException e) {
      throw noConnections(server.toString(), e);
    }
  }

  private static int bufferSize(int connections) {
    return Math.max(SMALLEST_BUFFER, Math.min(LARGEST_BUFFER, BYTES_OF_BUFFERS / connections));
  }

  private static StoreException noConnections(String servers, IOException cause) {
    return StoreException.withoutEffect(
        Reason.UNREACHABLE, "no connections can be opened to " + servers, cause);
  }

  /**
   * Waits until everything is read that has arrived up to now. To be called by one thread at a
   * time.
   *
   * @param limit how long it waits at most
   */
  public void awaitRead(Duration limit) {
    io.awaitRead(limit);
  }

  @Override
  public void await(CompletableFuture<?> answer, long nanos) {
    io.await(answer, nanos);
  }

  @Override
  public void answered(Thread waiter) {
    io.answered(waiter);
  }

  /** The {@link MemcachedClient}, or null if it is not of this type. */
  public <T> @Nullable T unwrap(Class<T> type) {
    return type.isInstance(client) ? type.cast(client) : null;
  }

  /** Closes all connections and ends the I/O thread. */
  @Override
  public void close() {
    client.shutdown();
    DaemonThreads.awaitEnd(io);
  }
}
