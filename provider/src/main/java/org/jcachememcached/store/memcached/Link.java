package org.jcachememcached.store.memcached;

import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Objects;
import org.jcachememcached.config.Server;
import org.jcachememcached.store.StoreException.Reason;
import org.jspecify.annotations.Nullable;

/**
 * How one connection to a server comes about, when it is of use, and that it is given up.
 * Thread-safe.
 *
 * <p>It is of use when the server has said what it is, and when everything is removed on it that
 * could not be removed before.
 */
final class Link {

  /** So long a server that hung gets for the requests that lie in its buffers. */
  private static final Duration SETTLING = Duration.ofMillis(250);

  /** So long a server is left alone that has refused or lost a connection. */
  private static final Duration RECONNECT_DELAY = Duration.ofSeconds(1);

  /** The first attempt to connect gets this part of the timeout, every further one twice as much. */
  private static final int FIRST_ATTEMPT = 5;

  /** A connection on which the server has answered, but on which it must not be asked yet. */
  private static final class Novice {

    private final NodeState.Ready state;
    private final long replayAt;

    Novice(NodeState.Ready state, long replayAt) {
      this.state = state;
      this.replayAt = replayAt;
    }
  }

  private final Server server;
  private final InFlight inFlight;
  private final Invalidations invalidations;
  private final Runnable whenChanged;
  private final ServerAddress address;
  private final Duration longestAttempt;
  private volatile NodeState state = new NodeState.Connecting();
  private volatile long lastProgress;
  private volatile long stateSince;
  private volatile Duration attempt;
  private volatile Duration reconnectDelay = RECONNECT_DELAY;
  private @Nullable Novice novice;
  private boolean replaying;
  private volatile boolean serverHung;
  private volatile boolean encrypting;
  private @Nullable HardenedNode node;
  private @Nullable HardenedConnection connection;

  /**
   * @param inFlight says how long an operation may take, and by which clock
   * @param whenChanged is run after every change of the state, in any thread
   */
  Link(
      Server server, InFlight inFlight, Invalidations invalidations, Runnable whenChanged) {
    this.server = server;
    this.inFlight = inFlight;
    this.lastProgress = inFlight.uptime().now();
    this.invalidations = invalidations;
    this.whenChanged = whenChanged;
    this.address = new ServerAddress(server);
    this.stateSince = lastProgress;
    Duration timeout = inFlight.timeout();
    this.longestAttempt = timeout.compareTo(RECONNECT_DELAY) > 0 ? timeout : RECONNECT_DELAY;
    this.attempt = timeout.dividedBy(FIRST_ATTEMPT);
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

  /** The server has answered the first questions on a new connection. */
  void handshakeAnswered(ServerFacts facts) {
    encrypting = false;
    String refusal = facts.refusal();
    if (refusal != null) {
      change(new NodeState.Down(Reason.PROTOCOL, "memcached at " + server + " " + refusal, null));
      return;
    }
    if (serverHung && sinceProgress() > inFlight.timeout().toNanos()) {
      giveUpConnection();
      return;
    }
    long now = System.nanoTime();
    boolean settles = serverHung && !invalidations.isEmpty();
    long replayAt = settles ? now + SETTLING.toNanos() : now;
    synchronized (this) {
      novice = new Novice(new NodeState.Ready(facts.itemSizeMax()), replayAt);
    }
    progress();
    replayIfDue(now);
  }

  private long sinceProgress() {
    return inFlight.uptime().now() - lastProgress;
  }

  private long sinceChange() {
    return inFlight.uptime().now() - stateSince;
  }

  private void replayIfDue(long nanoTime) {
    Novice due;
    synchronized (this) {
      if (novice == null || replaying || nanoTime - novice.replayAt < 0) {
        return;
      }
      due = novice;
      replaying = true;
    }
    progress();
    invalidations.replay().thenAccept(removed -> replayed(due, removed)).isDone();
  }

  private void replayed(Novice replayed, boolean everythingRemoved) {
    synchronized (this) {
      if (novice != replayed) {
        // That connection is lost again.
        return;
      }
      novice = null;
      replaying = false;
      if (everythingRemoved) {
        state = replayed.state;
        stateSince = inFlight.uptime().now();
        attempt = inFlight.timeout().dividedBy(FIRST_ATTEMPT);
        serverHung = false;
      }
    }
    if (everythingRemoved) {
      whenChanged.run();
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
  boolean reopen(boolean mayHang) {
    return giveUp(new NodeState.Connecting(), mayHang);
  }

  /** Gives up the server because it does not answer: the connection has to be closed then. */
  void giveUp(String message) {
    giveUp(new NodeState.Down(Reason.TIMEOUT, message, null), true);
  }

  private synchronized boolean giveUp(NodeState next, boolean mayHang) {
    boolean wasReady = state instanceof NodeState.Ready;
    if (wasReady || next instanceof NodeState.Down) {
      state = next;
      stateSince = inFlight.uptime().now();
      serverHung = mayHang;
    }
    return wasReady;
  }

  /** Closes the connection that was given up, when what was under way on it has failed. */
  void close() {
    if (node != null && node.hasConnection()) {
      giveUpConnection();
    }
    whenChanged.run();
  }

  /** The server answers on another connection: this one is worth waiting for. */
  void expect() {
    if (state instanceof NodeState.Down down && down.reason() != Reason.PROTOCOL) {
      change(new NodeState.Connecting());
      if (!Objects.requireNonNull(node).hasConnection()) {
        connect();
      }
    }
  }

  /** The server is of no use, as it has said on another connection. */
  void refused(NodeState.Down refusal) {
    if (state instanceof NodeState.Connecting) {
      change(refusal);
    }
  }

  /** Whether it is opened anew for longer than that because the server may hang. */
  boolean isFreshButSilent(Duration limit) {
    return serverHung
        && state instanceof NodeState.Connecting
        && sinceChange() >= limit.toNanos();
  }

  private void giveUpConnection() {
    Objects.requireNonNull(node).giveUpConnection();
    Objects.requireNonNull(connection).wakeUp();
  }

  /**
   * The I/O thread has lost the connection, or could not open one.
   *
   * @param onPurpose whether it was given up here
   */
  void connectionLost(boolean onPurpose) {
    progress();
    boolean atOnce = onPurpose || hasServed();
    reconnectDelay = atOnce ? Duration.ZERO : RECONNECT_DELAY;
    forgetNovice();
    if (!onPurpose) {
      change(atOnce ? new NodeState.Connecting() : unreachable(null));
    }
    encrypting = false;
    invalidations.keep();
    // The server may have moved.
    address.lookUp(() -> {}, unknown -> {});
  }

  /** Whether it was of use for a while, so that it is worth being opened anew at once. */
  private boolean hasServed() {
    return state instanceof NodeState.Ready
        && sinceChange() >= RECONNECT_DELAY.toNanos();
  }

  /** How long after the loss of a connection another one is to be opened. */
  Duration reconnectDelay() {
    return reconnectDelay;
  }

  /** Goes on with what is due: a replay, or another attempt to connect. */
  void tick(long nanoTime) {
    if (Objects.requireNonNull(node).isConnectDue()) {
      Objects.requireNonNull(connection).wakeUp();
    }
    replayIfDue(nanoTime);
    if (isSettled()) {
      return;
    }
    if (state instanceof NodeState.Connecting && sinceChange() >= longestWait()) {
      change(unreachable(null));
    }
    if (Objects.requireNonNull(node).hasConnection()) {
      giveUpStalledAttempt();
    } else if (sinceProgress() >= longestWait()) {
      progress();
      connect();
    }
  }

  /**
   * Begins anew instead of waiting for one lost packet. The kernel would repeat it only after a
   * second.
   */
  private void giveUpStalledAttempt() {
    long limit = isNovice() ? longestWait() : attempt.toNanos();
    if (sinceProgress() >= limit) {
      progress();
      Duration next = attempt.multipliedBy(2);
      attempt = next.compareTo(longestAttempt) < 0 ? next : longestAttempt;
      giveUpConnection();
    }
  }

  /** What is waited for has a delay behind it as well. */
  private long longestWait() {
    return RECONNECT_DELAY.plus(longestAttempt).toNanos();
  }

  private synchronized boolean isNovice() {
    return novice != null;
  }

  private synchronized void forgetNovice() {
    novice = null;
    replaying = false;
  }

  private boolean isSettled() {
    NodeState now = state;
    return now instanceof NodeState.Ready
        || (now instanceof NodeState.Down down && down.reason() == Reason.PROTOCOL)
        || invalidations.isSweeping();
  }

  private NodeState unreachable(@Nullable UnknownHostException unknown) {
    String message = "memcached at " + server + " cannot be reached (setting 'servers')";
    if (unknown != null) {
      message += ": the host name is unknown";
    } else if (encrypting) {
      message += ": it has no TLS, or not the certificate of a trusted server of that name";
    }
    return new NodeState.Down(Reason.UNREACHABLE, message, unknown);
  }

  private void change(NodeState next) {
    synchronized (this) {
      state = next;
      stateSince = inFlight.uptime().now();
      forgetNovice();
    }
    whenChanged.run();
  }
}
