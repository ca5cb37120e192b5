package org.jcachememcached.internal.store.memcached;

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
import java.util.stream.IntStream;
import org.jcachememcached.api.NodeMXBean;
import org.jcachememcached.internal.config.AffinityRule;
import org.jcachememcached.internal.config.Server;
import org.jcachememcached.internal.store.Command;
import org.jcachememcached.internal.store.ItemStore;
import org.jcachememcached.internal.store.KeyScan;
import org.jcachememcached.internal.store.Reply;
import org.jcachememcached.internal.store.StoreException;
import org.jcachememcached.internal.store.StoreException.Reason;
import org.jcachememcached.internal.store.StoreNodes;
import org.jcachememcached.internal.store.memcached.scan.Crawl;
import org.jcachememcached.internal.store.memcached.spymemcached.HardenedClient;
import org.jcachememcached.internal.thread.FaultBarrier;
import org.jcachememcached.internal.thread.TimeoutThread;
import org.jcachememcached.internal.thread.UptimeClock;
import org.jspecify.annotations.Nullable;

/**
 * Items in memcached: every command is a meta command on connections that all threads share.
 * Thread-safe.
 *
 * <p>Dependents of a returned future run in whichever thread does the I/O at that time, which may
 * be that of another caller, unless they specify otherwise; they must not wait for anything.
 */
public final class MemcachedStore implements ItemStore, StoreNodes {

  private static final Duration SHORTEST_TICK = Duration.ofMillis(5);
  private static final Duration LONGEST_TICK = Duration.ofMillis(100);
  private static final int TICKS_PER_TIMEOUT = 20;

  private final InFlight inFlight;
  private final KetamaRing ring;
  private final List<ServerNode> nodes;
  private final HardenedClient client;
  private final TimeoutThread timeoutThread;
  private final List<NodeMXBean> views;
  private final NodeBeans beans;
  private final FirstContact contact;
  private final Set<Crawl> crawls = ConcurrentHashMap.newKeySet();
  private final Duration halfTimeout;

  /** A store in which only keys with an {@code AffinityMark} belong together. */
  public MemcachedStore(List<Server> servers, NodeOptions options, InstantSource clock) {
    this(servers, AffinityRule.NONE, options, clock);
  }

  /**
   * Begins to connect to the servers and does not wait for them.
   *
   * @param servers one at least
   * @param affinity which text keys belong together on a server
   * @param options of each connection and server
   * @param clock the clock of the times that items are kept until
   * @throws StoreException if there is no place for connections on this machine
   */
  public MemcachedStore(
      List<Server> servers, AffinityRule affinity, NodeOptions options, InstantSource clock) {
    HardenedClient.initializeLibrary();
    // First, because it may fail, and nothing has to be closed yet.
    this.ring = new KetamaRing(servers, new KeyRouting(affinity));
    Duration timeout = options.timeout();
    this.halfTimeout = timeout.dividedBy(2);
    this.inFlight = new InFlight(timeout, new UptimeClock(System::nanoTime, halfTimeout));
    this.nodes =
        IntStream.range(0, servers.size())
            .mapToObj(i -> new ServerNode(ring, i, options, inFlight, clock))
            .toList();
    this.client = HardenedClient.open(servers, key -> connectionOf(key).node(), options.client());
    this.timeoutThread =
        new TimeoutThread("jcache-memcached timeouts of " + servers, tick(timeout), this::tick);
    this.contact = new FirstContact(nodes);
    this.views = nodes.stream().<NodeMXBean>map(NodeView::new).toList();
    this.beans = new NodeBeans(servers, views);
    try {
      nodes.forEach(node -> node.attach(client));
      nodes.forEach(ServerNode::open);
      timeoutThread.start();
      beans.tick();
    } catch (Throwable e) {
      close();
      throw e;
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
    for (ServerNode node : nodes) {
      FaultBarrier.run("The check of " + node.server(), () -> node.tick(nanoTime));
    }
    contact.logIfMade();
    FaultBarrier.run("The registration of MBeans", beans::tick);
  }

  private void readAnswers() {
    client.awaitRead(halfTimeout);
  }

  @Override
  public CompletableFuture<List<Reply>> send(List<? extends Command> commands) {
    if (commands.isEmpty()) {
      return CompletableFuture.completedFuture(List.of());
    }
    PendingReplies call = inFlight.newCall(commands.size(), client);
    if (commands.size() == 1) {
      sendAlone(commands.get(0), call);
    } else {
      new Router(this::nodeOf, call).route(commands).forEach(BatchPipeline::send);
    }
    return call.future();
  }

  private ServerNode nodeOf(String key) {
    return nodes.get(ring.indexOf(key));
  }

  private Connection connectionOf(String key) {
    return nodeOf(key).connectionOf(key);
  }

  private void sendAlone(Command command, PendingReplies call) {
    ServerNode node = nodeOf(command.key());
    if (!node.refuseTooLarge(command, 0, call)) {
      Connection connection =
          command instanceof Command.Get
              ? node.connectionOfGet(command.key())
              : node.connectionOf(command.key());
      connection.send(command, call);
    }
  }

  @Override
  public KeyScan scan(String prefix) {
    Crawl crawl = new Crawl(prefix, nodes, crawls::remove);
    crawls.add(crawl);
    if (inFlight.isClosed()) {
      crawl.close();
      throw StoreException.withoutEffect(Reason.REJECTED, "the store is closed", null);
    }
    return nodes.stream()
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
      keysOfConnections.computeIfAbsent(connectionOf(key), unused -> new ArrayList<>()).add(key);
    }
    keysOfConnections.forEach((one, itsKeys) -> one.invalidate(prefix, itsKeys));
  }

  @Override
  public List<NodeMXBean> nodes() {
    return views;
  }

  /** The nodes, or the client of spymemcached, for what a cache does not offer. */
  @Override
  public <T> @Nullable T unwrap(Class<T> type) {
    return type == StoreNodes.class ? type.cast(this) : client.unwrap(type);
  }

  @Override
  public void close() {
    if (inFlight.isClosed()) {
      return;
    }
    beans.close();
    long settled = System.nanoTime() + inFlight.timeout().toNanos();
    nodes.forEach(node -> node.invalidations().settle(settled));
    inFlight.close();
    timeoutThread.close();
    nodes.forEach(ServerNode::close);
    client.close();
    nodes.forEach(node -> node.invalidations().close());
    new ArrayList<>(crawls).forEach(Crawl::close);
  }
}
