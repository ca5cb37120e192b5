package org.jcachememcached.internal.store.memcached;

import java.net.SocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.jcachememcached.api.NodeMXBean;
import org.jcachememcached.internal.config.Server;
import org.jcachememcached.internal.store.Command;
import org.jcachememcached.internal.store.Reply;
import org.jcachememcached.internal.store.StoreException;
import org.jcachememcached.internal.store.StoreException.Reason;
import org.jcachememcached.internal.store.memcached.invalidation.PendingInvalidations;
import org.jcachememcached.internal.store.memcached.protocol.Credentials;
import org.jcachememcached.internal.store.memcached.protocol.FailureText;
import org.jcachememcached.internal.store.memcached.protocol.RequestEncoder;
import org.jcachememcached.internal.store.memcached.scan.ScanTarget;
import org.jcachememcached.internal.store.memcached.spymemcached.HardenedClient;
import org.jcachememcached.internal.store.memcached.tls.Tls;
import org.jcachememcached.internal.thread.UptimeClock;
import org.jspecify.annotations.Nullable;

/**
 * One server as the store sees it: its connections, how much may be under way to it, and whether
 * requests are sent to it. Thread-safe.
 *
 * <p>Requests that change the same key are always sent on the same connection, so that none
 * overtakes another, not even when it is delivered late. A connection that does not answer is
 * closed and reopened; the server is given up when no connection answers. So a server that is down
 * costs no caller a timeout, one that hangs costs one, and a lost packet delays only the requests
 * behind it.
 */
final class ServerNode implements ScanTarget {

  private static final long NEVER = -1;

  private final Server server;
  private final NodeOptions options;
  private final UptimeClock uptime;
  private final NodeCounters counters = new NodeCounters();
  private final CircuitBreaker breaker = new CircuitBreaker();
  private final Permits permits;
  private final List<Connection> connections;
  private final PendingInvalidations pending;
  private final NodeInvalidations invalidations;
  private final NodeStatus status;
  private final NodeMXBean view = new NodeView(this);
  private final List<Gain> gains = new CopyOnWriteArrayList<>();
  private final long casMask;
  private long probeAt = System.nanoTime();

  /** The number of additions to {@link #pending} at a time when all of them were done. */
  private volatile long settledAt = NEVER;

  ServerNode(Server server, NodeOptions options, InFlight inFlight, InstantSource clock) {
    this.server = server;
    this.options = options;
    this.uptime = inFlight.uptime();
    this.permits = new Permits(options.maxRequests(), options.maxBytes(), uptime);
    this.pending = new PendingInvalidations(options.maxInvalidations(), options.connections());
    this.connections =
        IntStream.range(0, options.connections())
            .mapToObj(i -> new Connection(this, pending.part(i), inFlight, clock))
            .toList();
    this.invalidations =
        new NodeInvalidations(
            server,
            options.maxInvalidations(),
            pending,
            connections.stream().map(Connection::invalidations).toList(),
            this::indexOfConnection);
    this.status = new NodeStatus(server, connections, counters, clock);
    this.casMask = CasMask.of(server);
  }

  @Override
  public Server server() {
    return server;
  }

  @Override
  public Duration timeout() {
    return options.timeout();
  }

  @Override
  public Duration scanTimeout() {
    return options.scanTimeout();
  }

  @Override
  public @Nullable Credentials credentials() {
    return options.credentials();
  }

  @Override
  public @Nullable Tls tls() {
    return options.tls();
  }

  /** As applications and JMX see it. */
  NodeMXBean view() {
    return view;
  }

  /** What CAS values of this server are combined with. */
  long casMask() {
    return casMask;
  }

  /** Whether it may hold stale items in place of keys that it keeps since a change only. */
  boolean hasGains() {
    return !gains.isEmpty();
  }

  void add(Gain gain) {
    gains.add(gain);
  }

  void remove(Gain gain) {
    gains.remove(gain);
  }

  /** Ensures that what was stored for a key before this server kept it is not read any more. */
  void prepare(String key) {
    for (Gain gain : gains) {
      gain.prepare(key);
    }
  }

  /** Whether the item that is stored for a key, if there is one, may be stale. */
  boolean isInDoubt(String key) {
    return gains.stream().anyMatch(gain -> gain.isInDoubt(key));
  }

  NodeCounters counters() {
    return counters;
  }

  Permits permits() {
    return permits;
  }

  NodeInvalidations invalidations() {
    return invalidations;
  }

  /** The connection for all requests that change the key. */
  Connection connectionOf(String key) {
    return connections.get(indexOfConnection(key));
  }

  private int indexOfConnection(String key) {
    int count = options.connections();
    if (count == 1) {
      return 0;
    }
    // The hashes of similar keys differ in the lowest bits only.
    int hash = key.hashCode() * 0x9E3779B9;
    return (hash >>> 16) % count;
  }

  /**
   * The connection for a single get. It is the same one for all keys, so that the gets of several
   * callers are written and answered together, unless it is in doubt whether that works, or
   * something has to be removed first.
   */
  Connection connectionOfGet(String key) {
    Connection shared = connections.get(0);
    return settledAt == pending.additions() && shared.isReady() ? shared : connectionOf(key);
  }

  /**
   * The connection for the gets of one call, of which this key is the first; or nothing if each has
   * to be sent on the connection of its key, behind a removal of that key.
   */
  Optional<Connection> connectionOfGets(String firstKey) {
    return areSettled() ? Optional.of(connectionOf(firstKey)) : Optional.empty();
  }

  private boolean areSettled() {
    for (Connection connection : connections) {
      if (!connection.isSettled()) {
        return false;
      }
    }
    return true;
  }

  @Override
  public SocketAddress address() {
    return connections.get(0).watchdog().address();
  }

  NodeState state() {
    return status.state();
  }

  /** Since when it is in that state. */
  Instant stateSince() {
    return status.since();
  }

  /**
   * Creates what carries its connections; to be called once, before {@link #open}.
   *
   * @param servers how many the store will have
   */
  void attach(HardenedClient client, int servers) {
    int all = servers * options.connections();
    connections.forEach(connection -> connection.attach(client, all));
  }

  /** Begins to connect; to be called once, before the first operation. */
  void open() {
    invalidations.open();
    connections.forEach(Connection::open);
  }

  /** Does what is due; to be called at short intervals. */
  void tick(long nanoTime) {
    connections.forEach(connection -> connection.tick(nanoTime));
    long additions = pending.additions();
    settledAt = areSettled() && !connections.get(0).isDoubtful() ? additions : NEVER;
    if (nanoTime - probeAt >= 0 && connections.stream().anyMatch(Connection::isDoubtful)) {
      probeAt = nanoTime + timeout().toNanos() / SilenceDetector.PROBES;
      connections.forEach(Connection::probe);
    }
    if (permits.isWaitedFor()) {
      refuseWaiting(uptime.now());
    }
  }

  /** Waiting for permits takes no longer than an operation may wait for its answer. */
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

  /**
   * Removes everything below a prefix, before any request is sent; while there is no connection.
   */
  void invalidateAll(String prefix) {
    PendingInvalidations.Part all = new PendingInvalidations(1, 1).part(0);
    all.addPrefix(prefix);
    invalidations.takeOver(all);
  }

  /**
   * Closes its connections, which carry nothing any more; leaves to others what is to be removed.
   */
  void retire() {
    gains.clear();
    close();
    connections.forEach(Connection::retire);
    invalidations.close();
  }

  /** Refuses what waits to be sent. */
  void close() {
    permits.close(StoreException.withoutEffect(Reason.REJECTED, "the store is closed", null));
  }

  /**
   * Refuses a command that is larger than everything that may be under way.
   *
   * @return whether it was refused
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

  /** The server's statistics; empty while no connection is usable. */
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

  /**
   * A connection has not opened since then, though the server may hang. It is left alone, because
   * it may just have opened; but if the server sends nothing on the others either, it is given up.
   */
  void notReopened(long since) {
    if (!wasHeardSince(since)) {
      giveUp(FailureText.noAnswer(server, timeout()));
    }
  }

  private boolean wasHeardSince(long time) {
    return connections.stream().anyMatch(connection -> connection.wasHeardSince(time));
  }

  private void giveUp(CircuitBreaker.Verdict what, Connection on) {
    String message = FailureText.noAnswer(server, timeout());
    boolean isAlone = connections.size() == 1;
    switch (what) {
      case NOTHING -> {}
      // No request to a Unix socket is lost on its way: the server has it, in a thread that hangs.
      case CONNECTION -> on.reopen(message, isAlone || server.isAtUnixSocket());
      case SERVER -> giveUp(message);
    }
  }

  private void giveUp(String message) {
    if (!(status.best() instanceof NodeState.Down)) {
      counters.breakerOpenings().increment();
      breaker.reset();
      // When the calls end, all connections must have been given up already.
      connections.forEach(connection -> connection.giveUp(message));
      connections.forEach(connection -> connection.abandon(message));
    }
  }

  /**
   * Whether a connection is to be opened now. While none is usable the first one tries for all, so
   * that a server in trouble is not contacted more often than necessary.
   */
  boolean mayConnect(Connection connection) {
    return connection == connections.get(0) || openConnections() > 0;
  }

  /** The state of a connection has changed. */
  void changed(Connection connection) {
    NodeState itsState = connection.state();
    if (itsState instanceof NodeState.Ready) {
      connections.forEach(other -> other.watchdog().expect());
    } else if (itsState instanceof NodeState.Down down && isTrying(connection)) {
      connections.forEach(other -> other.watchdog().follow(down));
    }
    status.update();
  }

  private boolean isTrying(Connection connection) {
    return connection == connections.get(0) && openConnections() == 0;
  }

  /** The message of a request that is refused only because of others. */
  String tooMuch(String what) {
    return "too much is under way to memcached at " + server + ": " + what;
  }

  /** The failure of a request other than an operation, or null while the server is not down. */
  @Nullable StoreException outage() {
    return state() instanceof NodeState.Down down ? down.toException() : null;
  }

  /** How many connections are open and usable. */
  int openConnections() {
    return (int) connections.stream().filter(Connection::isReady).count();
  }
}
