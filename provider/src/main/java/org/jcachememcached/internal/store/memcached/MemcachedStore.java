package org.jcachememcached.internal.store.memcached;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jcachememcached.api.NodeMXBean;
import org.jcachememcached.api.ServersMXBean;
import org.jcachememcached.internal.config.Server;
import org.jcachememcached.internal.config.ServerSource;
import org.jcachememcached.internal.store.ChangingServers;
import org.jcachememcached.internal.store.Command;
import org.jcachememcached.internal.store.ItemStore;
import org.jcachememcached.internal.store.KeyScan;
import org.jcachememcached.internal.store.Reply;
import org.jcachememcached.internal.store.StoreException;
import org.jcachememcached.internal.store.StoreException.Reason;
import org.jcachememcached.internal.store.StoreNodes;
import org.jcachememcached.internal.store.memcached.discovery.Discovery;
import org.jcachememcached.internal.store.memcached.spymemcached.HardenedClient;
import org.jcachememcached.internal.store.memcached.spymemcached.HardenedNode;
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
public final class MemcachedStore implements ItemStore, StoreNodes, ChangingServers {

  private static final Duration SHORTEST_TICK = Duration.ofMillis(5);
  private static final Duration LONGEST_TICK = Duration.ofMillis(100);
  private static final int TICKS_PER_TIMEOUT = 20;

  private final ServerSource source;
  private final NodeOptions options;
  private final InstantSource clock;
  private final InFlight inFlight;
  private final HardenedClient client;
  private final Gains gains = new Gains();
  private final Crawls crawls = new Crawls();
  private final Topology topology;
  private final RequestSender requests;
  private final TimeoutThread timeoutThread;
  private final NodeBeans beans;
  private final FirstContact contact;
  private final Discovery discovery;
  private final ServersView view;
  private final LossWatch losses = new LossWatch();
  private final Duration halfTimeout;

  /** A store of listed servers, without a warm-up after a change. */
  public MemcachedStore(List<Server> servers, NodeOptions options, InstantSource clock) {
    this(new ServerSource.Listed(servers), FleetOptions.of(options), options, clock);
  }

  /**
   * Asks the source for the servers, but does not wait for it for longer than the timeout; begins
   * to connect to them and does not wait for them. If they are not known yet, calls fail.
   *
   * @param options of each connection and server
   * @param clock the clock of the times that items are kept until
   * @throws StoreException if there is no place for connections on this machine
   */
  public MemcachedStore(
      ServerSource source, FleetOptions ofFleet, NodeOptions options, InstantSource clock) {
    HardenedClient.initializeLibrary();
    String name = source.toString();
    this.source = source;
    this.options = options;
    this.clock = clock;
    Duration timeout = options.timeout();
    this.halfTimeout = timeout.dividedBy(2);
    this.inFlight = new InFlight(timeout, new UptimeClock(System::nanoTime, halfTimeout));
    this.topology =
        new Topology(
            new KeyRouting(ofFleet.affinity()),
            this::open,
            inFlight.uptime(),
            ofFleet.warmUp(),
            options.maxInvalidations(),
            gains);
    this.client = HardenedClient.open(name, this::nodeForClient, options.client());
    this.requests = new RequestSender(inFlight, client);
    this.timeoutThread =
        new TimeoutThread("jcache-memcached timeouts of " + name, tick(timeout), this::tick);
    this.contact = new FirstContact(() -> topology.fleet().nodes());
    this.discovery = new Discovery(source, ofFleet.discovery(), topology::change);
    this.view = new ServersView(source, discovery, topology);
    this.beans = new NodeBeans(name, view, topology::views);
    try {
      List<Server> servers = discovery.ask();
      if (!servers.isEmpty()) {
        topology.change(servers);
      }
      discovery.follow();
      timeoutThread.start();
      beans.tick();
    } catch (Throwable e) {
      close();
      throw e;
    }
  }

  private ServerNode open(Server server, int servers) {
    ServerNode node = new ServerNode(server, options, inFlight, clock);
    node.attach(client, servers);
    node.open();
    return node;
  }

  /** For the client's own operations. */
  private HardenedNode nodeForClient(String key) {
    Fleet fleet = topology.fleet();
    if (fleet.isUnknown()) {
      throw noServers();
    }
    return fleet.nodeOf(key).connectionOf(key).node();
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
    for (ServerNode node : topology.open()) {
      FaultBarrier.run("The check of " + node.server(), () -> node.tick(nanoTime));
    }
    FaultBarrier.run("A change of the servers", topology::tick);
    if (losses.hasLost(topology.fleet().nodes())) {
      discovery.askSoon();
    }
    contact.logIfMade();
    FaultBarrier.run("The registration of MBeans", beans::tick);
  }

  private void readAnswers() {
    client.awaitRead(halfTimeout);
  }

  @Override
  public CompletableFuture<List<Reply>> send(List<? extends Command> commands) {
    CompletableFuture<List<Reply>> sent = sendIfSettled(commands);
    return sent == null ? sendThroughPassage(commands) : sent;
  }

  @Override
  public @Nullable CompletableFuture<List<Reply>> sendIfSettled(List<? extends Command> commands) {
    if (commands.isEmpty()) {
      return CompletableFuture.completedFuture(List.of());
    }
    Fleet fleet = topology.enter();
    if (Topology.isSettled(fleet) && !fleet.isUnknown()) {
      return requests.send(commands, fleet::nodeOf, fleet);
    }
    fleet.leave();
    return fleet.isUnknown() ? refuse(commands) : null;
  }

  private CompletableFuture<List<Reply>> refuse(List<? extends Command> commands) {
    return CompletableFuture.completedFuture(
        Collections.nCopies(commands.size(), Reply.failed(noServers())));
  }

  private StoreException noServers() {
    String failure = discovery.failure();
    String why = failure == null ? source + " (setting 'servers') has named none yet" : failure;
    String message = "no memcached server is known: " + why;
    return StoreException.withoutEffect(Reason.UNREACHABLE, message, null);
  }

  private CompletableFuture<List<Reply>> sendThroughPassage(List<? extends Command> commands) {
    Passage passage = enter();
    CompletableFuture<?> earlier = passage.whenEarlierHaveEnded();
    CompletableFuture<List<Reply>> replies =
        earlier.isDone()
            ? passage.servers().send(commands)
            : earlier.thenCompose(unused -> passage.servers().send(commands));
    return replies.whenComplete((unused, failure) -> passage.close());
  }

  @Override
  public Passage enter() {
    return new FleetPassage(topology.enter(), topology.now(), requests, crawls);
  }

  @Override
  public void announce(String prefix) {
    gains.announce(prefix);
  }

  @Override
  public KeyScan scan(String prefix) {
    Fleet fleet = topology.fleet();
    if (fleet.isUnknown()) {
      throw noServers();
    }
    return crawls.begin(prefix, fleet.toCrawl(), fleet.nodes());
  }

  @Override
  public void invalidate(String prefix, List<String> keys) {
    topology.invalidate(prefix, keys);
  }

  @Override
  public List<NodeMXBean> nodes() {
    return topology.views();
  }

  /** The servers, or the client of spymemcached, for what a cache does not offer. */
  @Override
  public <T> @Nullable T unwrap(Class<T> type) {
    if (type == ServersMXBean.class) {
      return type.cast(view);
    }
    return type == StoreNodes.class || type == ChangingServers.class
        ? type.cast(this)
        : client.unwrap(type);
  }

  @Override
  public void close() {
    if (inFlight.isClosed()) {
      return;
    }
    beans.close();
    discovery.close();
    topology.close();
    List<ServerNode> nodes = topology.open();
    long settled = System.nanoTime() + inFlight.timeout().toNanos();
    nodes.forEach(node -> node.invalidations().settle(settled));
    inFlight.close();
    timeoutThread.close();
    nodes.forEach(ServerNode::close);
    client.close();
    nodes.forEach(node -> node.invalidations().close());
    crawls.close();
  }
}
