package org.jcachememcached.internal.store.memcached;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import net.spy.memcached.MemcachedClient;
import org.jcachememcached.internal.config.Server;
import org.jcachememcached.internal.store.Command;
import org.jcachememcached.internal.store.ItemStore;
import org.jcachememcached.internal.store.KeyScan;
import org.jcachememcached.internal.store.Reply;
import org.jcachememcached.internal.store.StoreException;
import org.jcachememcached.internal.store.StoreException.Reason;
import org.jspecify.annotations.Nullable;

/**
 * Entries in memcached: every command is a meta command on connections that all threads share.
 * Thread-safe.
 *
 * <p>What depends on a returned future runs in the I/O thread unless it says otherwise; it must not
 * wait for anything.
 */
public final class MemcachedStore implements ItemStore {

  private static final Duration SHORTEST_TICK = Duration.ofMillis(5);
  private static final Duration LONGEST_TICK = Duration.ofMillis(100);
  private static final int TICKS_PER_TIMEOUT = 20;

  /**
   * The client insists on an address, but the nodes look after theirs. By the name in it, the AWS
   * client decides whether to ask that server for the others: by this one it does not.
   */
  private static final List<InetSocketAddress> UNUSED_ADDRESS =
      List.of(InetSocketAddress.createUnresolved("unused", 0));

  private final InFlight inFlight;
  private final MemcachedClient client;
  private final HardenedConnection connection;
  private final KetamaLocator locator;
  private final TimeoutThread timeoutThread;
  private final NodeBeans beans = new NodeBeans();
  private final FirstContact contact;
  private final Set<Crawl> crawls = ConcurrentHashMap.newKeySet();
  private final Duration halfTimeout;

  /**
   * Begins to connect to the servers and does not wait for them.
   *
   * @param servers one at least
   * @param timeout how long a command may take
   * @param clock the time that items are kept until
   * @throws StoreException if there is no place for connections on this machine
   */
  public MemcachedStore(List<Server> servers, Duration timeout, InstantSource clock) {
    this(servers, NodeOptions.withTimeout(timeout), clock);
  }

  /**
   * Begins to connect to the servers and does not wait for them.
   *
   * @param servers one at least
   * @param options how it deals with each of them
   * @param clock the time that items are kept until
   * @throws StoreException if there is no place for connections on this machine
   */
  public MemcachedStore(List<Server> servers, NodeOptions options, InstantSource clock) {
    ClientLog.route();
    KetamaHash.initializeLibrary();
    // Before anything is opened that would have to be closed.
    KetamaHash.forServers(servers);
    Duration timeout = options.timeout();
    this.halfTimeout = timeout.dividedBy(2);
    this.inFlight = new InFlight(timeout, new UptimeClock(System::nanoTime, halfTimeout));
    List<ServerNode> nodes =
        servers.stream().map(server -> new ServerNode(server, options, inFlight, clock)).toList();
    this.client = open(nodes, options);
    this.connection = (HardenedConnection) client.getConnection();
    connection.setName("jcache-memcached I/O of " + servers);
    this.locator = connection.ketama();
    this.timeoutThread =
        new TimeoutThread("jcache-memcached timeouts of " + servers, tick(timeout), this::tick);
    this.contact = new FirstContact(nodes);
    try {
      locator.nodes().forEach(node -> node.open(connection));
      timeoutThread.start();
      beans.register(servers, nodes);
    } catch (Throwable e) {
      close();
      throw e;
    }
  }

  private static MemcachedClient open(List<ServerNode> nodes, NodeOptions options) {
    try {
      return new MemcachedClient(new HardenedConnectionFactory(nodes, options), UNUSED_ADDRESS);
    } catch (IOException e) {
      List<Server> servers = nodes.stream().map(ServerNode::server).toList();
      throw StoreException.withoutEffect(
          Reason.UNREACHABLE, "no connections can be opened to " + servers, e);
    }
  }

  private static Duration tick(Duration timeout) {
    Duration tick = timeout.dividedBy(TICKS_PER_TIMEOUT);
    if (tick.compareTo(SHORTEST_TICK) < 0) {
      return SHORTEST_TICK;
    }
    return tick.compareTo(LONGEST_TICK) > 0 ? LONGEST_TICK : tick;
  }

  private void tick(long nanoTime) {
    inFlight.uptime().tick();
    FaultBarrier.run("Timing out", () -> inFlight.expireOverdue(this::readAnswers));
    for (ServerNode node : locator.nodes()) {
      FaultBarrier.run("Looking after " + node.server(), () -> node.tick(nanoTime));
    }
    contact.tellIfMade();
  }

  private void readAnswers() {
    connection.awaitRead(halfTimeout);
  }

  @Override
  public CompletableFuture<List<Reply>> send(List<? extends Command> commands) {
    if (commands.isEmpty()) {
      return CompletableFuture.completedFuture(List.of());
    }
    PendingReplies call = inFlight.newCall(commands.size());
    if (commands.size() == 1) {
      sendAlone(commands.get(0), call);
    } else {
      new Router(locator::nodeOf, call).route(commands).forEach(BatchPipeline::send);
    }
    return call.future();
  }

  private void sendAlone(Command command, PendingReplies call) {
    Connection connectionOfKey = locator.connectionOf(command.key());
    if (!connectionOfKey.owner().refuseTooLarge(command, 0, call)) {
      connectionOfKey.send(command, call);
    }
  }

  @Override
  public KeyScan scan(String prefix) {
    Crawl crawl = new Crawl(prefix, locator.nodes(), locator, crawls::remove);
    crawls.add(crawl);
    if (inFlight.isClosed()) {
      crawl.close();
      throw StoreException.withoutEffect(Reason.REJECTED, "the store is closed", null);
    }
    return locator.nodes().stream()
        .map(ServerNode::outage)
        .filter(Objects::nonNull)
        .findFirst()
        .map(crawl::refuse)
        .orElseGet(crawl::start);
  }

  @Override
  public void invalidate(String prefix, List<String> keys) {
    Map<Connection, List<String>> keysOfConnections = new HashMap<>();
    for (String key : keys) {
      keysOfConnections
          .computeIfAbsent(locator.connectionOf(key), unused -> new ArrayList<>())
          .add(key);
    }
    keysOfConnections.forEach((one, itsKeys) -> one.invalidate(prefix, itsKeys));
  }

  /** The {@link MemcachedClient}, for what a cache does not offer. */
  @Override
  public <T> @Nullable T unwrap(Class<T> type) {
    return type.isInstance(client) ? type.cast(client) : null;
  }

  @Override
  public void close() {
    if (inFlight.isClosed()) {
      return;
    }
    beans.close();
    long settled = System.nanoTime() + inFlight.timeout().toNanos();
    locator.nodes().forEach(node -> node.settle(settled));
    inFlight.close();
    timeoutThread.close();
    locator.nodes().forEach(ServerNode::close);
    client.shutdown();
    Threads.awaitEnd(connection);
    locator.nodes().forEach(ServerNode::leaveRemovals);
    new ArrayList<>(crawls).forEach(Crawl::close);
  }
}
