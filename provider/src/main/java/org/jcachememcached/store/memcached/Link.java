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
  private final Duration timeout;
  private final Invalidations invalidations;
  private final Runnable whenChanged;
  private final ServerAddress address;
  private final Duration longestAttempt;
  private volatile NodeState state = new NodeState.Connecting();
  private volatile long lastProgress = System.nanoTime();
  private volatile long stateSince = lastProgress;
  private volatile Duration attempt;
  private volatile Duration reconnectDelay = RECONNECT_DELAY;
  private @Nullable Novice novice;
  private boolean replaying;
  private volatile boolean serverHung;
  private volatile boolean encrypting;
  private @Nullable HardenedNode node;
  private @Nullable HardenedConnection connection;

  /**
   * @param whenChanged is run after every change of the state, in any thread
   */
  Link(
      Server server, Duration timeout, Invalidations invalidations, Runnable whenChanged) {
    this.server = server;
    this.timeout = timeout;
    this.invalidations = invalidations;
    this.whenChanged = whenChanged;
    this.address = new ServerAddress(server);
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
    lastProgress = System.nanoTime();
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
    long now = System.nanoTime();
    boolean settles = serverHung && !invalidations.isEmpty();
    long replayAt = settles ? now + SETTLING.toNanos() : now;
    synchronized (this) {
      novice = new Novice(new NodeState.Ready(facts.itemSizeMax()), replayAt);
    }
    progress();
    replayIfDue(now);
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
        stateSince = System.nanoTime();
        attempt = timeout.dividedBy(FIRST_ATTEMPT);
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
      stateSince = System.nanoTime();
      serverHung = mayHang;
    }
    return wasReady;
  }

  /** Closes the connection that was given up, when what was under way on it has failed. */
  void close() {
    if (Objects.requireNonNull(node).hasConnection()) {
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
  boolean isFreshButSilent(long nanoTime, Duration limit) {
    return serverHung
        && state instanceof NodeState.Connecting
        && nanoTime - stateSince >= limit.toNanos();
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
        && System.nanoTime() - stateSince >= RECONNECT_DELAY.toNanos();
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
    if (state instanceof NodeState.Connecting && nanoTime - stateSince >= longestWait()) {
      change(unreachable(null));
    }
    if (Objects.requireNonNull(node).hasConnection()) {
      giveUpStalledAttempt(nanoTime);
    } else if (nanoTime - lastProgress >= longestWait()) {
      progress();
      connect();
    }
  }

  /**
   * Begins anew instead of waiting for one lost packet. The kernel would repeat it only after a
   * second.
   */
  private void giveUpStalledAttempt(long nanoTime) {
    long limit = isNovice() ? longestWait() : attempt.toNanos();
    if (nanoTime - lastProgress >= limit) {
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
      stateSince = System.nanoTime();
      forgetNovice();
    }
    whenChanged.run();
  }
}
