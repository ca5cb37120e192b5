package org.jcachememcached.internal.store.memcached;

import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import org.jcachememcached.internal.config.Server;
import org.jcachememcached.internal.store.StoreException.Reason;
import org.jspecify.annotations.Nullable;

/**
 * How one connection to a server comes about, when it is of use, and that it is given up.
 * Thread-safe.
 *
 * <p>It is of use when the server has said what it is, and when everything is removed on it that
 * could not be removed before.
 */
final class ConnectionWatchdog implements Handshake.Listener {

  /** So long a server that hung gets for the requests that lie in its buffers. */
  private static final Duration SETTLING = Duration.ofMillis(250);

  /**
   * The first attempt to connect gets this part of the timeout, every further one twice as much.
   */
  private static final int FIRST_ATTEMPT = 5;

  /** A connection on which the server has answered, but on which it must not be asked yet. */
  private record PendingConnection(NodeState.Ready state, long replayAt) {}

  private final Server server;
  private final InFlight inFlight;
  private final Invalidations invalidations;
  private final BooleanSupplier mayConnect;
  private final Runnable whenChanged;
  private final ServerAddress address;
  private final RetrySchedule schedule = new RetrySchedule();
  private final Duration firstAttempt;
  private final Duration longestAttempt;
  private volatile NodeState state = new NodeState.Connecting();
  private volatile long stateSince;
  private volatile long lastProgress;
  private volatile Duration attempt;
  private @Nullable PendingConnection pendingConnection;
  private boolean replaying;
  private volatile boolean serverMayHang;
  private volatile boolean encrypting;
  private @Nullable HardenedNode node;
  private @Nullable HardenedConnection connection;

  /**
   * @param inFlight says how long an operation may take, and by which clock
   * @param mayConnect whether it is to try, and not to wait until another connection is there
   * @param whenChanged is run after every change of the state, in any thread
   */
  ConnectionWatchdog(
      Server server,
      InFlight inFlight,
      Invalidations invalidations,
      BooleanSupplier mayConnect,
      Runnable whenChanged) {
    this.server = server;
    this.inFlight = inFlight;
    this.invalidations = invalidations;
    this.mayConnect = mayConnect;
    this.whenChanged = whenChanged;
    this.address =
        new ServerAddress(server, Threads.daemons("jcache-memcached lookup of " + server));
    this.stateSince = inFlight.uptime().now();
    this.lastProgress = stateSince;
    this.firstAttempt = inFlight.timeout().dividedBy(FIRST_ATTEMPT);
    this.longestAttempt = longer(inFlight.timeout(), RetrySchedule.SHORTEST_PAUSE);
    this.attempt = firstAttempt;
  }

  private static Duration longer(Duration a, Duration b) {
    return a.compareTo(b) > 0 ? a : b;
  }

  NodeState state() {
    return state;
  }

  /** The address in use; only once there was one. */
  InetSocketAddress address() {
    InetSocketAddress known = address.known();
    return known == null ? InetSocketAddress.createUnresolved(server.host(), server.port()) : known;
  }

  /** Begins to connect; to be called once, before everything else. */
  void open(HardenedNode itsNode, HardenedConnection itsConnection) {
    node = itsNode;
    connection = itsConnection;
    connect();
  }

  private void connect() {
    address.lookUp(
        () -> {
          Objects.requireNonNull(node).askForConnection();
          Objects.requireNonNull(connection).wakeUp();
        },
        unknown -> change(unreachable(unknown)));
  }

  /** Something has happened that gives the present attempt to connect more time. */
  void progress() {
    lastProgress = inFlight.uptime().now();
  }

  /** Encryption is being agreed upon, on a new connection. */
  void encrypting() {
    encrypting = true;
    progress();
  }

  /** The server has said what it is, on a new connection. */
  @Override
  public void answered(ServerFacts facts) {
    encrypting = false;
    String refusal = facts.refusal();
    if (refusal != null) {
      refused(refusal);
      return;
    }
    schedule.accepted();
    if (serverMayHang && sinceProgress() > inFlight.timeout().toNanos()) {
      giveUpConnection();
      return;
    }
    long now = System.nanoTime();
    boolean settles = serverMayHang && !invalidations.isEmpty();
    long replayAt = settles ? now + SETTLING.toNanos() : now;
    synchronized (this) {
      pendingConnection =
          new PendingConnection(
              new NodeState.Ready(facts.version(), facts.itemSizeMax()), replayAt);
    }
    progress();
    replayIfDue(now);
  }

  /** The server has answered a new connection, but not with what it is. */
  @Override
  public void turnedAway(String answer) {
    encrypting = false;
    String said = "answered '" + answer + "'";
    if (answer.contains("Too many open connections") || answer.startsWith("SERVER_ERROR")) {
      schedule.refusedForNow(System.nanoTime());
      change(new NodeState.Down(Reason.UNREACHABLE, "memcached at " + server + " " + said, null));
    } else {
      refused(said + " when it was asked for its version; is it a memcached?");
    }
  }

  /** Only a person can mend that. */
  private void refused(String why) {
    schedule.refused(System.nanoTime());
    change(new NodeState.Down(Reason.PROTOCOL, "memcached at " + server + " " + why, null));
  }

  private long sinceProgress() {
    return inFlight.uptime().now() - lastProgress;
  }

  private long sinceChange() {
    return inFlight.uptime().now() - stateSince;
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
        // That connection is lost again.
        return;
      }
      forgetPending();
      if (everythingRemoved) {
        enter(replayed.state);
        attempt = firstAttempt;
        serverMayHang = false;
      }
    }
    if (everythingRemoved) {
      tellChange();
    } else {
      giveUpConnection();
    }
  }

  /**
   * Gives up a connection that does not answer: it has to be closed then, and is opened anew at
   * once. Does nothing while there is none.
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
      giveUpConnection();
    }
    tellChange();
  }

  /** The server answers on another connection: this one is worth waiting for. */
  void expect() {
    if (state instanceof NodeState.Ready || schedule.isRefused()) {
      return;
    }
    if (state instanceof NodeState.Down) {
      change(new NodeState.Connecting());
    }
    if (!Objects.requireNonNull(node).hasConnection()) {
      connect();
    }
  }

  /** The server is down, as the connection has found out that tries for all. */
  void follow(NodeState.Down down) {
    if (!(state instanceof NodeState.Ready) && !state.equals(down)) {
      change(down);
    }
  }

  /** Whether it is being opened anew for longer than that, and the server may hang. */
  boolean isReopenedFor(Duration limit) {
    return serverMayHang
        && state instanceof NodeState.Connecting
        && sinceChange() >= limit.toNanos();
  }

  /** Since when it has its state, as of the {@link UptimeClock}. */
  long stateSince() {
    return stateSince;
  }

  private void giveUpConnection() {
    Objects.requireNonNull(node).giveUpConnection();
    Objects.requireNonNull(connection).wakeUp();
  }

  /**
   * The I/O thread has lost the connection, or could not open one.
   *
   * @param onPurpose whether it was given up here
   * @return how long the server is to be left alone
   */
  Duration connectionLost(boolean onPurpose) {
    boolean refused = schedule.isRefused();
    Duration pause = schedule.pauseAfterEnd(System.nanoTime());
    boolean atOnce = !refused && (onPurpose || hasServed());
    progress();
    forgetPending();
    if (refused) {
      change(state);
    } else if (!onPurpose) {
      change(atOnce ? new NodeState.Connecting() : unreachable(null));
    }
    encrypting = false;
    invalidations.keep();
    // The server may have moved.
    address.lookUp(() -> {}, unknown -> {});
    return atOnce ? Duration.ZERO : pause;
  }

  /** Whether it was of use for a while, so that it is worth being opened anew at once. */
  private boolean hasServed() {
    return state instanceof NodeState.Ready
        && sinceChange() >= RetrySchedule.SHORTEST_PAUSE.toNanos();
  }

  /** Goes on with what is due: a replay, or another attempt to connect. */
  void tick(long nanoTime) {
    if (Objects.requireNonNull(node).isConnectDue()) {
      Objects.requireNonNull(connection).wakeUp();
    }
    replayIfDue(nanoTime);
    if (schedule.isDue(nanoTime)) {
      giveUpConnection();
    }
    if (isSettled() || !mayConnect.getAsBoolean()) {
      return;
    }
    if (isReasonOutdated() && sinceChange() >= longestWait()) {
      change(unreachable(null));
    }
    if (Objects.requireNonNull(node).hasConnection()) {
      giveUpStalledAttempt();
    } else if (sinceProgress() >= longestWait()) {
      progress();
      connect();
    }
  }

  private boolean isSettled() {
    return state instanceof NodeState.Ready
        || schedule.isRefused()
        || Objects.requireNonNull(node).isLeftAlone()
        || invalidations.isSweeping();
  }

  /** Whether something else is to be said of a server that cannot be reached for long. */
  private boolean isReasonOutdated() {
    return !(state instanceof NodeState.Down down) || down.reason() == Reason.PROTOCOL;
  }

  /**
   * Begins anew instead of waiting for a lost packet: the kernel would repeat it only after a
   * second.
   */
  private void giveUpStalledAttempt() {
    long limit = isPending() ? longestWait() : attempt.toNanos();
    if (sinceProgress() >= limit) {
      progress();
      Duration next = attempt.multipliedBy(2);
      attempt = next.compareTo(longestAttempt) < 0 ? next : longestAttempt;
      giveUpConnection();
    }
  }

  /**
   * In nanoseconds; the node may wait before it connects, and only then the attempt has its time.
   */
  private long longestWait() {
    return RetrySchedule.SHORTEST_PAUSE.plus(longestAttempt).toNanos();
  }

  private synchronized boolean isPending() {
    return pendingConnection != null;
  }

  private synchronized void forgetPending() {
    pendingConnection = null;
    replaying = false;
  }

  private NodeState unreachable(@Nullable Throwable unknown) {
    String message = "memcached at " + server + " cannot be reached (setting 'servers')";
    if (unknown instanceof UnknownHostException) {
      message += ": the host name is unknown";
    } else if (unknown != null) {
      message += ": its host name cannot be looked up: " + unknown;
    } else if (encrypting) {
      message += ": it has no TLS, or not the certificate of a trusted server of that name";
    }
    return new NodeState.Down(Reason.UNREACHABLE, message, unknown);
  }

  private void change(NodeState next) {
    synchronized (this) {
      enter(next);
      forgetPending();
    }
    tellChange();
  }

  private synchronized void enter(NodeState next) {
    state = next;
    stateSince = inFlight.uptime().now();
  }

  private void tellChange() {
    FaultBarrier.run("memcached at " + server, whenChanged);
  }
}
