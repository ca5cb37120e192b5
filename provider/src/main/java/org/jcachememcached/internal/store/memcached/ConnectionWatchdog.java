package org.jcachememcached.internal.store.memcached;

import java.net.SocketAddress;
import java.time.Duration;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import org.jcachememcached.internal.config.Server;
import org.jcachememcached.internal.jfr.FlightRecorder;
import org.jcachememcached.internal.store.StoreException.Reason;
import org.jcachememcached.internal.store.memcached.invalidation.Invalidations;
import org.jcachememcached.internal.store.memcached.protocol.ServerFacts;
import org.jcachememcached.internal.store.memcached.spymemcached.ConnectionListener;
import org.jcachememcached.internal.store.memcached.spymemcached.HardenedNode;
import org.jcachememcached.internal.thread.DaemonThreads;
import org.jcachememcached.internal.thread.FaultBarrier;
import org.jcachememcached.internal.thread.UptimeClock;
import org.jspecify.annotations.Nullable;

/**
 * Opens one connection to a server, decides when it is usable, and gives it up. Thread-safe.
 *
 * <p>It is usable when the server has answered the handshake, and when everything is removed on it
 * that could not be removed before.
 */
final class ConnectionWatchdog implements ConnectionListener {

  /** How long a server that hung may process the requests in its buffers before the replay. */
  private static final Duration SETTLING = Duration.ofMillis(250);

  /** A connection with a completed handshake on which operations must not be sent yet. */
  private record PendingConnection(NodeState.Ready state, long replayAt) {}

  private final Server server;
  private final Duration timeout;
  private final UptimeClock uptime;
  private final Invalidations invalidations;
  private final SilenceDetector silence;
  private final BooleanSupplier mayConnect;
  private final Runnable whenChanged;
  private final ServerAddress address;
  private final RetrySchedule schedule = new RetrySchedule();
  private final ConnectTimeout connectTimeout;
  private volatile NodeState state = new NodeState.Connecting();
  private volatile long stateSince;
  private @Nullable PendingConnection pendingConnection;
  private boolean replaying;
  private volatile boolean serverMayHang;
  private volatile boolean encrypting;
  private @Nullable HardenedNode node;

  /**
   * @param inFlight has the operation timeout and its clock
   * @param silence is notified of everything that the server sends
   * @param mayConnect whether to connect now, and not to wait until another connection is open
   * @param whenChanged is run after every change of the state, in any thread
   */
  ConnectionWatchdog(
      Server server,
      InFlight inFlight,
      Invalidations invalidations,
      SilenceDetector silence,
      BooleanSupplier mayConnect,
      Runnable whenChanged) {
    this.server = server;
    this.timeout = inFlight.timeout();
    this.uptime = inFlight.uptime();
    this.invalidations = invalidations;
    this.silence = silence;
    this.mayConnect = mayConnect;
    this.whenChanged = whenChanged;
    this.address =
        new ServerAddress(
            server.endpoint(), DaemonThreads.executor("jcache-memcached lookup of " + server));
    this.connectTimeout = new ConnectTimeout(timeout, uptime);
    this.stateSince = uptime.now();
  }

  NodeState state() {
    return state;
  }

  /** The address in use; unresolved as long as it is unknown. */
  @Override
  public SocketAddress address() {
    return address.known();
  }

  /** Sets what carries the connection; to be called once, before {@link #open}. */
  void attach(HardenedNode itsNode) {
    node = itsNode;
  }

  /** Begins to connect; to be called once. */
  void open() {
    connect();
  }

  private HardenedNode node() {
    return Objects.requireNonNull(node, "not attached");
  }

  private void connect() {
    address.lookUp(
        () -> node().askForConnection(),
        unknown -> change(NodeState.Down.unknownAddress(server, unknown)));
  }

  @Override
  public boolean mayConnect() {
    return mayConnect.getAsBoolean();
  }

  @Override
  public void heard() {
    silence.heard(uptime.now());
  }

  @Override
  public void progress() {
    connectTimeout.progress();
  }

  @Override
  public void encrypting() {
    encrypting = true;
    connectTimeout.progressWithin(timeout);
  }

  @Override
  public void answered(ServerFacts facts) {
    encrypting = false;
    String refusal = facts.refusal();
    if (refusal != null) {
      refused(refusal);
      return;
    }
    schedule.accepted();
    if (serverMayHang && connectTimeout.sinceProgress() > timeout.toNanos()) {
      node().giveUpConnection();
      return;
    }
    long now = System.nanoTime();
    boolean settles = serverMayHang && !invalidations.isEmpty();
    long replayAt = settles ? now + SETTLING.toNanos() : now;
    synchronized (this) {
      if (node().isGivenUp()) {
        return;
      }
      pendingConnection =
          new PendingConnection(
              new NodeState.Ready(facts.version(), facts.itemSizeMax()), replayAt);
    }
    progress();
    replayIfDue(now);
  }

  @Override
  public void turnedAway(String answer) {
    encrypting = false;
    if (answer.contains("Too many open connections") || answer.startsWith("SERVER_ERROR")) {
      schedule.refusedForNow(System.nanoTime());
      change(NodeState.Down.busy(server, answer));
    } else {
      refused("answered '" + answer + "' when it was asked for its version; is it a memcached?");
    }
  }

  /** The server cannot be used until it is reconfigured. */
  private void refused(String why) {
    schedule.refused(System.nanoTime());
    change(NodeState.Down.unsuitable(server, why));
  }

  private long sinceChange() {
    return uptime.now() - stateSince;
  }

  private void replayIfDue(long nanoTime) {
    PendingConnection due;
    synchronized (this) {
      if (pendingConnection == null || replaying || nanoTime - pendingConnection.replayAt < 0) {
        return;
      }
      due = pendingConnection;
      replaying = true;
    }
    progress();
    invalidations.replay().thenAccept(removed -> replayed(due, removed)).isDone();
  }

  @SuppressWarnings("ReferenceEquality") // Two connections may be alike.
  private void replayed(PendingConnection replayed, boolean everythingRemoved) {
    synchronized (this) {
      if (pendingConnection != replayed) {
        // That connection has been lost meanwhile.
        return;
      }
      forgetPending();
      if (everythingRemoved) {
        enter(replayed.state);
        connectTimeout.reset();
        serverMayHang = false;
      }
    }
    if (everythingRemoved) {
      notifyChanged();
    } else {
      node().giveUpConnection();
    }
  }

  /**
   * Gives up a connection that does not answer: it has to be closed then, and is reopened at once.
   * Does nothing while there is none.
   *
   * @param mayHang whether the server may hang, with requests in its buffers
   * @return whether there was one
   */
  synchronized boolean reopen(boolean mayHang) {
    boolean wasReady = state instanceof NodeState.Ready;
    if (wasReady) {
      enter(new NodeState.Connecting());
      serverMayHang = mayHang;
    }
    return wasReady;
  }

  /** Gives up the server because it does not answer: the connection has to be closed then. */
  synchronized void giveUp(String message) {
    enter(new NodeState.Down(Reason.TIMEOUT, message, null));
    serverMayHang = true;
  }

  /** Closes the connection that was given up, when what was under way on it has failed. */
  void close() {
    if (node != null && node.hasConnection()) {
      node.giveUpConnection();
    }
    notifyChanged();
  }

  /** The server answers on another connection, so this one is expected to open. */
  void expect() {
    if (state instanceof NodeState.Ready || schedule.isRefused()) {
      return;
    }
    if (state instanceof NodeState.Down) {
      change(new NodeState.Connecting());
    }
    if (!node().hasConnection()) {
      connect();
    }
  }

  /** The server is down, as the connection has found that tries for all. */
  void follow(NodeState.Down down) {
    if (!(state instanceof NodeState.Ready) && !state.equals(down)) {
      change(down);
    }
  }

  /** Whether it has been reopening for longer than that, and the server may hang. */
  boolean isReopenedFor(Duration limit) {
    return serverMayHang
        && state instanceof NodeState.Connecting
        && sinceChange() >= limit.toNanos();
  }

  /** When it entered its state, as of the {@link UptimeClock}. */
  long stateSince() {
    return stateSince;
  }

  @Override
  public Duration connectionLost(boolean onPurpose) {
    boolean refused = schedule.isRefused();
    Duration pause = schedule.pauseAfterEnd(System.nanoTime());
    boolean atOnce = !refused && (onPurpose || hasServed());
    progress();
    forgetPending();
    if (refused) {
      change(state);
    } else if (!onPurpose) {
      change(atOnce ? new NodeState.Connecting() : unreachable());
    }
    encrypting = false;
    invalidations.keep();
    // The server may have another address now.
    address.lookUp(() -> {}, unknown -> {});
    return atOnce ? Duration.ZERO : pause;
  }

  /** Whether it was usable for a while, so that it is reopened at once. */
  private boolean hasServed() {
    return state instanceof NodeState.Ready
        && sinceChange() >= RetrySchedule.SHORTEST_PAUSE.toNanos();
  }

  /** Continues with what is due: a replay, or another attempt to connect. */
  void tick(long nanoTime) {
    node().connectIfDue();
    replayIfDue(nanoTime);
    if (schedule.isDue(nanoTime)) {
      node().giveUpConnection();
    }
    if (isSettled() || !mayConnect()) {
      return;
    }
    if (isReasonOutdated() && sinceChange() >= connectTimeout.longestWait()) {
      change(unreachable());
    }
    if (node().hasConnection()) {
      giveUpStalledAttempt();
    } else if (connectTimeout.sinceProgress() >= connectTimeout.longestWait()) {
      progress();
      connect();
    }
  }

  private boolean isSettled() {
    return state instanceof NodeState.Ready
        || schedule.isRefused()
        || node().isLeftAlone()
        || invalidations.isSweeping();
  }

  /** Whether the state does not say yet that the server cannot be reached. */
  private boolean isReasonOutdated() {
    return !(state instanceof NodeState.Down down) || down.reason() == Reason.PROTOCOL;
  }

  /** One that has become usable meanwhile stays, and one that is given up cannot become usable. */
  private synchronized void giveUpStalledAttempt() {
    if (state instanceof NodeState.Ready) {
      return;
    }
    boolean stalled =
        pendingConnection == null
            ? connectTimeout.isStalled()
            : connectTimeout.sinceProgress() >= connectTimeout.longestWait();
    if (stalled) {
      progress();
      connectTimeout.extend();
      forgetPending();
      node().giveUpConnection();
    }
  }

  private synchronized void forgetPending() {
    pendingConnection = null;
    replaying = false;
  }

  private NodeState unreachable() {
    return encrypting ? NodeState.Down.notEncrypted(server) : NodeState.Down.unreachable(server);
  }

  private void change(NodeState next) {
    synchronized (this) {
      enter(next);
      forgetPending();
    }
    notifyChanged();
  }

  private synchronized void enter(NodeState next) {
    state = next;
    stateSince = uptime.now();
    String reason = next instanceof NodeState.Down down ? down.message() : null;
    FlightRecorder.connection(server, next.getClass().getSimpleName(), reason);
  }

  private void notifyChanged() {
    FaultBarrier.run("memcached at " + server, whenChanged);
  }
}
