package org.jcachememcached.internal.store.memcached;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;
import org.jcachememcached.internal.config.Server;
import org.jcachememcached.internal.store.Command;
import org.jcachememcached.internal.store.Reply;
import org.jcachememcached.internal.store.StoreException;
import org.jcachememcached.internal.store.StoreException.Reason;
import org.jspecify.annotations.Nullable;

/**
 * One server as the store sees it: its connections, what may be under way to it, and whether it is
 * worth asking. Thread-safe.
 *
 * <p>A key always travels on the same connection, so that no request overtakes another one with the
 * same key, not even when it is delivered late. A connection that does not answer is closed and
 * opened anew; the server is given up when no connection answers. So a server that is down costs
 * nobody a timeout, one that hangs costs one, and a lost packet costs only those whose requests are
 * behind it.
 */
final class ServerNode implements OutstandingRemovals.Holder {

  private final Server server;
  private final NodeOptions options;
  private final UptimeClock uptime;
  private final NodeCounters counters = new NodeCounters();
  private final CircuitBreaker breaker = new CircuitBreaker();
  private final Permits permits;
  private final PendingInvalidations pending;
  private final List<Connection> connections;
  private final OutageLog log;
  private volatile NodeState lastState = new NodeState.Connecting();
  private long probeAt = System.nanoTime();

  ServerNode(Server server, NodeOptions options, InFlight inFlight, InstantSource clock) {
    this.server = server;
    this.options = options;
    this.uptime = inFlight.uptime();
    this.log = new OutageLog(server, System::nanoTime);
    this.permits = new Permits(options.maxRequests(), options.maxBytes(), uptime);
    this.pending = new PendingInvalidations(options.maxInvalidations(), options.connections());
    this.connections =
        IntStream.range(0, options.connections())
            .mapToObj(i -> new Connection(this, pending.part(i), inFlight, clock))
            .toList();
  }

  Server server() {
    return server;
  }

  Duration timeout() {
    return options.timeout();
  }

  /** How long the list of its keys may be waited for while it sends nothing. */
  Duration scanTimeout() {
    return options.scanTimeout();
  }

  @Nullable Credentials credentials() {
    return options.credentials();
  }

  /** How connections to it are encrypted, or null. */
  @Nullable Tls tls() {
    return options.tls();
  }

  NodeCounters counters() {
    return counters;
  }

  Permits permits() {
    return permits;
  }

  List<Connection> connections() {
    return connections;
  }

  /** The connection on which everything travels that has to do with the key. */
  Connection connectionOf(String key) {
    if (connections.size() == 1) {
      return connections.get(0);
    }
    // Of similar keys, the hashes differ in the lowest bits only.
    int hash = key.hashCode() * 0x9E3779B9;
    return connections.get((hash >>> 16) % connections.size());
  }

  /**
   * The connection for the gets of one call, of which this key is the first; or nothing if each has
   * to travel on the connection of its key, behind a removal of that.
   */
  Optional<Connection> connectionOfGets(String firstKey) {
    return connections.stream().allMatch(Connection::isSettled)
        ? Optional.of(connectionOf(firstKey))
        : Optional.empty();
  }

  /** The address in use; only once there was one. */
  InetSocketAddress address() {
    return connections.get(0).watchdog().address();
  }

  /**
   * What can be said of the server: one connection that works is enough. One that was down stays so
   * until all is removed that could not be removed before, on every connection.
   */
  NodeState state() {
    NodeState best = bestState();
    boolean isBack =
        best instanceof NodeState.Ready && connections.stream().noneMatch(Connection::isInArrears);
    return lastState instanceof NodeState.Down && !isBack && !(best instanceof NodeState.Down)
        ? lastState
        : best;
  }

  private NodeState bestState() {
    NodeState best = connections.get(0).state();
    for (Connection connection : connections) {
      NodeState next = connection.state();
      if (next instanceof NodeState.Ready) {
        return next;
      }
      if (next instanceof NodeState.Connecting) {
        best = next;
      }
    }
    return best;
  }

  /** Begins to connect; to be called once, before the first operation. */
  void open(HardenedConnection io) {
    OutstandingRemovals.ofJvm().opened(server, this);
    connections.forEach(connection -> connection.open(io));
  }

  /** Looks after what is due; to be called at short intervals. */
  void tick(long nanoTime) {
    connections.forEach(connection -> connection.tick(nanoTime));
    if (nanoTime - probeAt >= 0 && connections.stream().anyMatch(Connection::isDoubtful)) {
      probeAt = nanoTime + timeout().toNanos() / SilenceDetector.PROBES;
      connections.forEach(Connection::probe);
    }
    if (permits.isWaitedFor()) {
      refuseWaiting(uptime.now());
    }
  }

  /** What waits for permits waits no longer than an operation waits for its answer. */
  private void refuseWaiting(long uptime) {
    StoreException outage = outage();
    if (outage != null) {
      permits.refuseWaiting(uptime, outage);
    } else {
      String message = tooMuch("for %d ms, %s".formatted(timeout().toMillis(), permits));
      permits.refuseWaiting(
          uptime - timeout().toNanos(),
          StoreException.withoutEffect(Reason.REJECTED, message, null));
    }
  }

  /** Waits until then for what is being removed, where the server can be asked. */
  void settle(long nanoTime) {
    connections.forEach(connection -> connection.invalidations().settle(nanoTime));
  }

  /** Refuses what waits to be sent. */
  void close() {
    permits.close(StoreException.withoutEffect(Reason.REJECTED, "the store is closed", null));
  }

  /** Leaves to others what is not removed; to be called when the connection has ended. */
  void leaveRemovals() {
    OutstandingRemovals.ofJvm().closed(server, this);
  }

  /**
   * Refuses a command that is larger than all that may be under way.
   *
   * @return whether it was
   */
  boolean refuseTooLarge(Command command, int position, PendingReplies call) {
    long size = RequestEncoder.greatestLength(command);
    boolean tooLarge = size > options.maxBytes();
    if (tooLarge) {
      String message =
          "the item '%s' takes %d bytes, but at most %d may be under way to memcached at %s (setting 'max.bytes')"
              .formatted(command.key(), size, options.maxBytes(), server);
      call.reply(
          position, Reply.failed(StoreException.withoutEffect(Reason.TOO_LARGE, message, null)));
      call.answered(1);
    }
    return tooLarge;
  }

  /** The server's statistics; nothing while it cannot be asked. */
  CompletableFuture<Map<String, String>> stats() {
    return connections.stream()
        .filter(Connection::isReady)
        .findFirst()
        .map(Connection::stats)
        .orElseGet(() -> CompletableFuture.completedFuture(Map.of()));
  }

  /** The server has answered an operation in time. */
  void answeredInTime() {
    breaker.answeredInTime();
  }

  /** An operation that was begun then, as of the {@link UptimeClock}, got no answer in time. */
  void operationExpired(Connection on, long begun) {
    counters.timeouts().increment();
    if (!on.wasHeardSince(begun)) {
      silent(on, begun);
    } else if (on.wasHeardSince(begun + timeout().toNanos() / 2)) {
      giveUp(breaker.tooSlow(), on);
    }
  }

  /** The server owes an answer since, and has sent nothing on this connection. */
  void silent(Connection on, long since) {
    giveUp(breaker.silent(wasHeardSince(since), connections.size() == 1 && on.isReady()), on);
  }

  private boolean wasHeardSince(long time) {
    return connections.stream().anyMatch(connection -> connection.wasHeardSince(time));
  }

  private void giveUp(CircuitBreaker.Verdict what, Connection on) {
    String message =
        "memcached at %s does not answer within %d ms (setting 'timeout')"
            .formatted(server, timeout().toMillis());
    switch (what) {
      case NOTHING -> {}
      case CONNECTION -> on.reopen(message, connections.size() == 1);
      case SERVER -> giveUp(message);
    }
  }

  private void giveUp(String message) {
    if (!(bestState() instanceof NodeState.Down)) {
      counters.breakerOpenings().increment();
      breaker.reset();
      // Whoever waited must find all of them given up.
      connections.forEach(connection -> connection.giveUp(message));
      connections.forEach(connection -> connection.abandon(message));
    }
  }

  /**
   * Whether a connection is to be opened now. While none is of use the first one tries for all, so
   * that a server in trouble is not asked more often than necessary.
   */
  boolean mayConnect(Connection connection) {
    return connection == connections.get(0) || openConnections() > 0;
  }

  /** A connection has another state. */
  void changed(Connection connection) {
    NodeState itsState = connection.state();
    if (itsState instanceof NodeState.Ready) {
      connections.forEach(other -> other.watchdog().expect());
    } else if (itsState instanceof NodeState.Down down && isTrying(connection)) {
      connections.forEach(other -> other.watchdog().follow(down));
    }
    tellChange();
  }

  private boolean isTrying(Connection connection) {
    return connection == connections.get(0) && openConnections() == 0;
  }

  private void tellChange() {
    NodeState before;
    NodeState now;
    synchronized (this) {
      before = lastState;
      now = state();
      lastState = now;
    }
    if (now instanceof NodeState.Down down && !now.equals(before)) {
      log.isDown(down);
    }
    if (now instanceof NodeState.Ready && before instanceof NodeState.Down) {
      counters.reconnects().increment();
      log.isReady();
    }
  }

  /** Why something is refused that would be taken at another time. */
  String tooMuch(String what) {
    return "too much is under way to memcached at " + server + ": " + what;
  }

  /** Why nothing but an operation can be asked of this server either, or null if it can. */
  @Nullable StoreException outage() {
    return state() instanceof NodeState.Down down
        ? StoreException.withoutEffect(down.reason(), down.message(), down.cause())
        : null;
  }

  /** The failure of something other than an operation that cannot be done without an address. */
  StoreException unknownAddress() {
    return StoreException.withoutEffect(
        Reason.UNREACHABLE, "memcached at " + server + " has an unknown host name", null);
  }

  /** Takes over what another store has left behind: each connection what belongs to its keys. */
  @Override
  public void takeOver(PendingInvalidations.Part others) {
    PendingInvalidations divided =
        new PendingInvalidations(options.maxInvalidations(), connections.size());
    for (String prefix : others.takePrefixes()) {
      for (int i = 0; i < connections.size(); i++) {
        divided.part(i).addPrefix(prefix);
      }
    }
    for (PendingInvalidations.Entry entry : others.take(Integer.MAX_VALUE)) {
      divided.part(connections.indexOf(connectionOf(entry.key()))).add(entry);
    }
    for (int i = 0; i < connections.size(); i++) {
      connections.get(i).invalidations().takeOver(divided.part(i));
    }
  }

  @Override
  public void leave(PendingInvalidations.Part others) {
    connections.forEach(connection -> connection.invalidations().leave(others));
  }

  /** The sum of what the connections have to say of what is to be removed. */
  long invalidations(ToLongFunction<Invalidations> statistic) {
    return connections.stream().map(Connection::invalidations).mapToLong(statistic).sum();
  }

  /** How often more keys were to be removed than can be kept. */
  long invalidationOverflows() {
    return pending.overflows();
  }

  /** How many connections are open and of use. */
  int openConnections() {
    return (int) connections.stream().filter(Connection::isReady).count();
  }
}
