package org.jcachememcached.internal.store.memcached;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.jcachememcached.api.NodeMXBean;
import org.jcachememcached.internal.config.Server;
import org.jcachememcached.internal.logging.LogNames;
import org.jcachememcached.internal.store.memcached.invalidation.PendingInvalidations;
import org.jcachememcached.internal.thread.UptimeClock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The servers of a store, and their changes. Thread-safe.
 *
 * <p>A change takes effect at once: calls that begin later use the new servers, those under way end
 * where they were sent. A key that has moved is used by later calls when the earlier ones have
 * ended, so that no call of this store changes it on its former server afterwards. What its new
 * server has stored for it at an earlier time is removed before ({@link Gain}). Its former server
 * is asked for it for a while, and what changes is removed there for twice as long: until all JVMs
 * have learned of the change.
 */
final class Topology {

  private static final Logger LOG = LoggerFactory.getLogger(LogNames.SERVERS);

  /** How long earlier calls are waited for. They end by their own timeouts long before. */
  private static final long LONGEST_CALL = Duration.ofSeconds(20).toNanos();

  /** Opens what connects to a server. */
  interface NodeOpener {

    /**
     * Opens it, and does not wait for the server.
     *
     * @param servers how many there will be
     */
    ServerNode open(Server server, int servers);
  }

  private final KeyRouting routing;
  private final NodeOpener opener;
  private final UptimeClock uptime;
  private final long warmUp;
  private final Gains gains;
  private final Map<Fleet, Long> superseded = new HashMap<>();

  /** What is to be removed from servers that are not known yet. */
  private final PendingInvalidations.Part unplaced;

  private volatile Fleet fleet;
  private volatile List<NodeMXBean> views = List.of();

  /** All that are open: the present ones, and former ones that are still needed. */
  private volatile List<ServerNode> open = List.of();

  private volatile long changes;
  private boolean closed;

  /**
   * Creates a topology without servers.
   *
   * @param uptime the clock of warm-ups
   * @param warmUp how long former servers are asked
   * @param maxInvalidations how many keys are kept that are to be removed from unknown servers
   */
  Topology(
      KeyRouting routing,
      NodeOpener opener,
      UptimeClock uptime,
      Duration warmUp,
      int maxInvalidations,
      Gains gains) {
    this.routing = routing;
    this.opener = opener;
    this.uptime = uptime;
    this.warmUp = warmUp.toNanos();
    this.unplaced = new PendingInvalidations(maxInvalidations, 1).part(0);
    this.gains = gains;
    this.fleet = new Fleet(new KetamaRing(List.of(), routing), List.of(), Handover.NONE);
  }

  /** The servers that calls use now. */
  Fleet fleet() {
    return fleet;
  }

  /** The servers, for a call, which leaves them when it ends. */
  @SuppressWarnings("ReferenceEquality") // Each change makes another one.
  Fleet enter() {
    Fleet entered = fleet;
    entered.begin();
    while (entered != fleet) {
      entered.leave();
      entered = fleet;
      entered.begin();
    }
    return entered;
  }

  /** The present servers as applications see them; another list after each change. */
  List<NodeMXBean> views() {
    return views;
  }

  /** All servers to which there are connections. */
  List<ServerNode> open() {
    return open;
  }

  /** How often the servers have changed. */
  long changes() {
    return changes;
  }

  /** Whether the consequences of the last change are over. */
  @SuppressWarnings("ReferenceEquality") // A handover over nothing that goes on is another one.
  static boolean isSettled(Fleet fleet) {
    return fleet.handover() == Handover.NONE;
  }

  long now() {
    return uptime.now();
  }

  /**
   * Replaces the servers; those in common keep their connections.
   *
   * @param servers one at least, none twice
   * @throws org.jcachememcached.internal.store.StoreException if keys cannot be divided among them,
   *     or there is no place for connections on this machine
   */
  synchronized void change(List<Server> servers) {
    Fleet before = fleet;
    if (closed || before.ring().servers().equals(servers)) {
      return;
    }
    KetamaRing ring = new KetamaRing(servers, routing);
    List<ServerNode> nodes = openNodes(servers);
    if (before.isUnknown()) {
      Fleet first = new Fleet(ring, nodes, Handover.NONE);
      place(first);
      publish(first, before);
    } else {
      Fleet after = new Fleet(ring, nodes, handover(before));
      ring.gainersSince(before.ring()).forEach(i -> gains.add(nodes.get(i), before, after));
      publish(after, before);
      after.handover().earlierCalls().thenRun(() -> followJournals(before, after)).isDone();
      changes += 1;
      LOG.info("The servers are now {}, before {}", servers, before.ring().servers());
    }
  }

  private List<ServerNode> openNodes(List<Server> servers) {
    Map<String, ServerNode> known = new HashMap<>();
    open.forEach(node -> known.put(node.server().endpoint().identity(), node));
    List<ServerNode> nodes = new ArrayList<>();
    try {
      for (Server server : servers) {
        ServerNode already = known.get(server.endpoint().identity());
        nodes.add(already == null ? opener.open(server, servers.size()) : already);
      }
    } catch (Throwable e) {
      nodes.removeAll(open);
      nodes.forEach(ServerNode::retire);
      throw e;
    }
    return nodes;
  }

  private Handover handover(Fleet before) {
    long now = uptime.now();
    long readUntil = now + warmUp;
    List<Handover.Former> formers = new ArrayList<>();
    formers.add(new Handover.Former(before, readUntil, readUntil + warmUp));
    formers.addAll(before.handover().formersAt(now));
    return new Handover(formers, earlierCalls(before));
  }

  private CompletableFuture<?> earlierCalls(Fleet before) {
    return CompletableFuture.allOf(
        Stream.concat(Stream.of(before), superseded.keySet().stream())
            .map(Fleet::whenEnded)
            .toArray(CompletableFuture[]::new));
  }

  private void publish(Fleet after, Fleet before) {
    Set<ServerNode> needed = new LinkedHashSet<>(after.nodes());
    after.handover().formers().forEach(former -> needed.addAll(former.fleet().nodes()));
    List<ServerNode> unneeded = open.stream().filter(node -> !needed.contains(node)).toList();
    open = List.copyOf(needed);
    views = after.views();
    fleet = after;
    superseded.put(before, uptime.now());
    before.supersede();
    unneeded.forEach(ServerNode::retire);
  }

  /** Removes keys that begin with the prefix, from the servers that keep them now. */
  @SuppressWarnings("ReferenceEquality") // Each change makes another one.
  void invalidate(String prefix, List<String> keys) {
    Fleet present;
    do {
      present = fleet;
      if (present.isUnknown()) {
        keys.forEach(key -> unplaced.add(new PendingInvalidations.Entry(prefix, key)));
      } else {
        RequestSender.invalidate(prefix, keys, present::nodeOf);
      }
      // After a change they may be elsewhere.
    } while (present != fleet);
  }

  private void place(Fleet first) {
    for (String prefix : unplaced.takePrefixes()) {
      first.nodes().forEach(node -> node.invalidateAll(prefix));
    }
    for (PendingInvalidations.Entry entry : unplaced.take(Integer.MAX_VALUE)) {
      RequestSender.invalidate(entry.prefix(), List.of(entry.key()), first::nodeOf);
    }
  }

  /**
   * What could not be removed from a former server yet is removed from the present one: another JVM
   * that reaches the former one may have copied it.
   */
  private static void followJournals(Fleet before, Fleet after) {
    for (ServerNode node : before.nodes()) {
      node.invalidations()
          .pendingKeys()
          .forEach((key, prefix) -> follow(key, prefix, node, after.nodeOf(key)));
    }
  }

  private static void follow(String key, String prefix, ServerNode before, ServerNode after) {
    if (after != before) {
      after.connectionOf(key).invalidate(prefix, List.of(key));
    }
  }

  /** Does what is due; to be called at short intervals. */
  synchronized void tick() {
    if (closed) {
      return;
    }
    long now = uptime.now();
    superseded.keySet().removeIf(earlier -> earlier.whenEnded().isDone());
    superseded.forEach((earlier, since) -> abandonIfOverdue(earlier, now - since));
    Fleet present = fleet;
    if (!isSettled(present)) {
      gains.tick();
      settle(present, now);
    }
  }

  private static void abandonIfOverdue(Fleet earlier, long nanos) {
    if (nanos > LONGEST_CALL) {
      LOG.warn("Calls that have begun before a change of the servers do not end");
      earlier.abandonCalls();
    }
  }

  /** Forgets former servers that make no difference any more. */
  private void settle(Fleet present, long now) {
    Handover handover = present.handover();
    if (!handover.earlierCalls().isDone()) {
      return;
    }
    List<Handover.Former> formers = handover.formersAt(now);
    if (formers.isEmpty() && !gains.areLeft()) {
      publish(present.with(Handover.NONE), present);
    } else if (formers.size() < handover.formers().size()) {
      publish(present.with(new Handover(formers, earlierCalls(present))), present);
    }
  }

  /** Ends the changes. */
  synchronized void close() {
    closed = true;
    gains.close();
  }
}
