package org.jcachememcached.store.memcached;

import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;
import org.jcachememcached.config.Server;
import org.jcachememcached.store.StoreException.Reason;
import org.jspecify.annotations.Nullable;

/**
 * The way to one server: how a connection comes about, when it is of use, and that it is given up.
 * Thread-safe.
 *
 * <p>A connection is of use when the server has said what it is, and when everything is removed
 * from it that could not be removed before.
 */
final class Link implements Handshake.Listener {

  /** So long a server that hung gets for the requests that lie in its buffers. */
  private static final Duration SETTLING = Duration.ofMillis(250);

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
  private final LongAdder reconnects;
  private final ServerAddress address;
  private final RetrySchedule schedule = new RetrySchedule();
  private final OutageLog log;
  private final Duration attemptLimit;
  private volatile NodeState state = new NodeState.Connecting();
  private volatile long lastProgress;
  private @Nullable Novice novice;
  private boolean replaying;
  private volatile boolean encrypting;
  private @Nullable HardenedNode node;
  private @Nullable HardenedConnection connection;

  /**
   * @param inFlight says how long an operation may take, and by which clock
   * @param whenChanged is run after every change of the state, in any thread
   * @param reconnects counts how often the server could be asked again
   */
  Link(
      Server server,
      InFlight inFlight,
      Invalidations invalidations,
      Runnable whenChanged,
      LongAdder reconnects) {
    this.server = server;
    this.inFlight = inFlight;
    this.lastProgress = inFlight.uptime().now();
    this.invalidations = invalidations;
    this.whenChanged = whenChanged;
    this.reconnects = reconnects;
    this.address =
        new ServerAddress(server, Threads.daemons("jcache-memcached lookup of " + server));
    this.log = new OutageLog(server, System::nanoTime);
    // The node waits before it reconnects; only then the new connection has its time.
    Duration delay = RetrySchedule.SHORTEST_PAUSE;
    Duration timeout = inFlight.timeout();
    this.attemptLimit = delay.plus(timeout.compareTo(delay) > 0 ? timeout : delay);
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
    if (hasHung() && sinceProgress() > inFlight.timeout().toNanos()) {
      giveUpConnection();
      return;
    }
    long now = System.nanoTime();
    boolean settles = hasHung() && !invalidations.isEmpty();
    long replayAt = settles ? now + SETTLING.toNanos() : now;
    synchronized (this) {
      novice = new Novice(new NodeState.Ready(facts.version(), facts.itemSizeMax()), replayAt);
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

  private boolean hasHung() {
    return isReasonOf(Reason.TIMEOUT);
  }

  private boolean isReasonOf(Reason reason) {
    return state instanceof NodeState.Down down && down.reason() == reason;
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
    invalidations.replay().thenAccept(removed -> replayed(due, removed)).isDone();
  }

  private void replayed(Novice replayed, boolean everythingRemoved) {
    NodeState before;
    synchronized (this) {
      if (novice != replayed) {
        // That connection is lost again.
        return;
      }
      novice = null;
      replaying = false;
      before = state;
      if (everythingRemoved) {
        state = replayed.state;
      }
    }
    if (everythingRemoved) {
      announceReady(before);
    } else {
      giveUpConnection();
    }
  }

  private void announceReady(NodeState before) {
    if (before instanceof NodeState.Down) {
      reconnects.increment();
    }
    log.isReady();
    Guarded.run("memcached at " + server, whenChanged);
  }

  /**
   * Gives up a server that does not answer.
   *
   * @param failOperations is run if it was not given up before: fails what is under way, which
   *     would be lost with the connection
   */
  void giveUp(String message, Runnable failOperations) {
    NodeState.Down down = new NodeState.Down(Reason.TIMEOUT, message, null);
    NodeState before;
    synchronized (this) {
      before = state;
      if (before instanceof NodeState.Down) {
        return;
      }
      state = down;
    }
    log.isDown(down);
    failOperations.run();
    if (before instanceof NodeState.Ready) {
      giveUpConnection();
    }
    Guarded.run("memcached at " + server, whenChanged);
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
    boolean reasonStands = onPurpose || schedule.isRefused();
    Duration pause = schedule.pauseAfterEnd(System.nanoTime());
    progress();
    NodeState now = state;
    change(reasonStands && now instanceof NodeState.Down ? now : unreachable(null));
    encrypting = false;
    invalidations.keep();
    // The server may have moved.
    address.lookUp(() -> {}, unknown -> {});
    return pause;
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
    if (isSettled() || sinceProgress() < attemptLimit.toNanos()) {
      return;
    }
    progress();
    if (!isReasonOf(Reason.TIMEOUT) && !isReasonOf(Reason.UNREACHABLE)) {
      change(unreachable(null));
    }
    if (Objects.requireNonNull(node).hasConnection()) {
      giveUpConnection();
    } else {
      connect();
    }
  }

  private boolean isSettled() {
    return state instanceof NodeState.Ready
        || schedule.isRefused()
        || Objects.requireNonNull(node).isLeftAlone()
        || invalidations.isSweeping();
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
    NodeState before;
    synchronized (this) {
      before = state;
      state = next;
      novice = null;
      replaying = false;
    }
    if (next instanceof NodeState.Down down && !next.equals(before)) {
      log.isDown(down);
    }
    Guarded.run("memcached at " + server, whenChanged);
  }
}
