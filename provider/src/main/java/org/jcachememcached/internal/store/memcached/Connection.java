package org.jcachememcached.internal.store.memcached;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.jcachememcached.internal.config.Server;
import org.jcachememcached.internal.store.Command;
import org.jcachememcached.internal.store.Reply;
import org.jcachememcached.internal.store.StoreException.Reason;
import org.jcachememcached.internal.store.memcached.invalidation.Invalidations;
import org.jcachememcached.internal.store.memcached.invalidation.PendingInvalidations;
import org.jcachememcached.internal.store.memcached.protocol.Batch;
import org.jcachememcached.internal.store.memcached.protocol.BatchListener;
import org.jcachememcached.internal.store.memcached.protocol.LineRequest;
import org.jcachememcached.internal.store.memcached.protocol.Probe;
import org.jcachememcached.internal.store.memcached.protocol.StatsRequest;
import org.jcachememcached.internal.store.memcached.spymemcached.HardenedClient;
import org.jcachememcached.internal.store.memcached.spymemcached.HardenedNode;
import org.jcachememcached.internal.store.memcached.spymemcached.MetaOperation;
import org.jcachememcached.internal.store.memcached.spymemcached.OperationListener;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One of the connections to a server, as the store sees it: every operation on it passes through
 * here. It stays the same when what carries it is closed and reopened. Thread-safe.
 *
 * <p>Operations wait while it is being opened. While it cannot be opened they fail at once.
 */
final class Connection implements OperationListener {

  private static final Logger LOG = LoggerFactory.getLogger(Connection.class);

  private final ServerNode owner;
  private final InFlight inFlight;
  private final InstantSource clock;
  private final SilenceDetector silence;
  private final Invalidations invalidations;
  private final ConnectionWatchdog watchdog;
  private final List<MetaOperation> waiting = new ArrayList<>();
  private @Nullable HardenedNode node;

  /**
   * @param pending what is to be removed on this connection
   */
  Connection(
      ServerNode owner, PendingInvalidations.Part pending, InFlight inFlight, InstantSource clock) {
    this.owner = owner;
    this.inFlight = inFlight;
    this.clock = clock;
    this.silence = new SilenceDetector(inFlight.timeout(), inFlight.uptime().now());
    this.invalidations =
        new Invalidations(
            pending,
            inFlight.timeout().multipliedBy(2).plusSeconds(1),
            new PrivilegedRemover(this));
    this.watchdog =
        new ConnectionWatchdog(
            owner.server(),
            inFlight,
            invalidations,
            silence,
            () -> owner.mayConnect(this),
            this::stateChanged);
  }

  ServerNode owner() {
    return owner;
  }

  @Override
  public Server server() {
    return owner.server();
  }

  @Override
  public Duration timeout() {
    return inFlight.timeout();
  }

  NodeState state() {
    return watchdog.state();
  }

  ConnectionWatchdog watchdog() {
    return watchdog;
  }

  Invalidations invalidations() {
    return invalidations;
  }

  HardenedNode node() {
    return Objects.requireNonNull(node, "not attached");
  }

  /**
   * Creates what carries it; to be called once, before {@link #open}.
   *
   * @param connections how many the client will have
   */
  void attach(HardenedClient client, int connections) {
    node = client.newNode(server(), watchdog, connections);
    watchdog.attach(node);
  }

  /** Begins to connect; to be called once, before the first operation. */
  void open() {
    watchdog.open();
  }

  /** Does what is due; to be called at short intervals. */
  void tick(long nanoTime) {
    watchdog.tick(nanoTime);
    invalidations.tick(nanoTime);
    long now = inFlight.uptime().now();
    silence.tick(now, isReady() && node().isAwaitingAnswer());
    if (silence.isTimeout()) {
      owner.silent(this, silence.since());
    }
    Duration half = inFlight.timeout().dividedBy(2);
    if (watchdog.isReopenedFor(half)) {
      owner.notReopened(watchdog.stateSince());
    }
  }

  /** Sends one command, now or not at all; the call receives its reply. */
  void send(Command command, PendingReplies call) {
    MetaOperation operation = newOperation(new Command[] {command}, new int[] {0}, call);
    if (inFlight.add(operation)) {
      submit(operation);
    }
  }

  /** Sends a batch that has a permit; the listener receives the replies. */
  void sendAdmitted(BatchPipeline.Routed batch, BatchListener listener) {
    MetaOperation operation;
    try {
      operation = newOperation(batch.commands(), batch.positions(), listener);
    } catch (Throwable e) {
      owner.permits().release(batch.bytes());
      throw e;
    }
    operation.holdPermit();
    try {
      if (inFlight.add(operation)) {
        submitAdmitted(operation);
      } else {
        operation.leave();
      }
    } catch (Throwable e) {
      // The batch is answered by its operation, and only by that.
      refuse(operation, e);
    }
  }

  /**
   * Removes keys before any other request is sent: needs no permits, because there are never many
   * removals, and ignores the state.
   */
  CompletableFuture<List<Reply>> remove(List<String> keys) {
    Command[] commands = keys.stream().map(Command.Delete::new).toArray(Command[]::new);
    int[] positions = IntStream.range(0, commands.length).toArray();
    PendingReplies call = inFlight.newCall(commands.length, node().loop());
    MetaOperation operation = newOperation(commands, positions, call);
    if (inFlight.add(operation)) {
      enqueue(operation);
      node().attend();
    }
    return call.future().whenComplete((replies, unused) -> watchdog.progress());
  }

  private MetaOperation newOperation(Command[] commands, int[] positions, BatchListener listener) {
    long firstOpaque = inFlight.nextOpaques(commands.length);
    Batch batch = new Batch(listener, commands, positions, firstOpaque, clock, owner.casMask());
    return new MetaOperation(batch, this, inFlight.uptime().now());
  }

  private void submit(MetaOperation operation) {
    Permits permits = owner.permits();
    if (watchdog.state() instanceof NodeState.Down down) {
      operation.fail(down.reason(), down.message(), down.cause());
    } else if (permits.acquire(operation.size())) {
      operation.holdPermit();
      submitAdmitted(operation);
    } else {
      owner.counters().rejections().increment();
      operation.fail(Reason.REJECTED, owner.tooMuch(permits.toString()), null);
    }
  }

  /** Sends an operation, keeps it until the connection is open, or fails it. */
  private void submitAdmitted(MetaOperation operation) {
    dispatch(operation, waitIfConnecting(operation));
  }

  private NodeState waitIfConnecting(MetaOperation operation) {
    NodeState now = watchdog.state();
    if (!(now instanceof NodeState.Connecting)) {
      return now;
    }
    synchronized (waiting) {
      now = watchdog.state();
      if (now instanceof NodeState.Connecting) {
        waiting.add(operation);
      }
      return now;
    }
  }

  private void stateChanged() {
    dispatchWaiting();
    owner.changed(this);
  }

  private void dispatchWaiting() {
    List<MetaOperation> released;
    NodeState now = watchdog.state();
    synchronized (waiting) {
      if (now instanceof NodeState.Connecting) {
        return;
      }
      released = List.copyOf(waiting);
      waiting.clear();
    }
    released.forEach(operation -> dispatch(operation, now));
  }

  private void dispatch(MetaOperation operation, NodeState now) {
    if (now instanceof NodeState.Ready ready) {
      if (operation.refuseOversized(ready.itemSizeMax())) {
        operation.leave();
      } else {
        enqueue(operation);
      }
    } else if (now instanceof NodeState.Down down) {
      operation.fail(down.reason(), down.message(), down.cause());
      operation.leave();
    }
  }

  private void enqueue(MetaOperation operation) {
    try {
      node().enqueue(operation);
    } catch (IllegalStateException full) {
      operation.fail(Reason.REJECTED, owner.tooMuch("the queue is full"), full);
      operation.leave();
    } catch (Throwable e) {
      refuse(operation, e);
    }
  }

  private void refuse(MetaOperation operation, Throwable cause) {
    String message = "a request to memcached at " + server() + " cannot be written: " + cause;
    operation.fail(Reason.REJECTED, message, cause);
    operation.leave();
  }

  /** Closes it for good. What is to be removed is kept by {@link #invalidations}. */
  void retire() {
    node().retire();
  }

  /** Removes keys that begin with the prefix, now or before any other request is sent. */
  void invalidate(String prefix, List<String> keys) {
    invalidations.add(prefix, keys);
  }

  boolean isReady() {
    return watchdog.state() instanceof NodeState.Ready;
  }

  /** Whether operations can be sent on it, and nothing is to be removed. */
  boolean isSettled() {
    return isReady() && invalidations.isDone();
  }

  /** Whether something has to be removed before any other request is sent. */
  boolean isInArrears() {
    return !isReady() && !invalidations.isDone();
  }

  /** The server's statistics; empty while the connection is not usable. */
  CompletableFuture<Map<String, String>> stats() {
    StatsRequest request = new StatsRequest();
    return ask(request) ? request.future() : CompletableFuture.completedFuture(Map.of());
  }

  private boolean ask(LineRequest request) {
    if (isReady()) {
      try {
        node().enqueue(request);
        return true;
      } catch (IllegalStateException full) {
        LOG.debug("memcached at {} cannot be asked for its {}", server(), request, full);
      }
    }
    return false;
  }

  /** Whether it is uncertain that it works, or that the server does. */
  boolean isDoubtful() {
    return silence.isDoubtful() || watchdog.state() instanceof NodeState.Connecting;
  }

  /**
   * Asks whether the server answers, unless that is known. On a connection that has lost packets it
   * does more: what arrives behind a lost packet makes the other side repeat that packet at once,
   * which would wait for longer and longer otherwise.
   */
  void probe() {
    if (silence.isDoubtful() || !node().isAwaitingAnswer()) {
      ask(new Probe());
    }
  }

  /** Whether the server has sent something on it since then, as of the {@link UptimeClock}. */
  boolean wasHeardSince(long time) {
    return silence.wasHeardSince(time);
  }

  @Override
  public void answeredInTime() {
    owner.answeredInTime();
  }

  @Override
  public void operationExpired(long begun) {
    owner.operationExpired(this, begun);
  }

  @Override
  public void settled(MetaOperation operation) {
    inFlight.remove(operation);
  }

  @Override
  public void left(long bytes) {
    owner.permits().release(bytes);
  }

  /**
   * Fails what is under way on a connection that does not answer, and reopens it.
   *
   * @param serverMayHang with requests in its buffers
   */
  void reopen(String message, boolean serverMayHang) {
    long now = inFlight.uptime().now();
    if (watchdog.reopen(serverMayHang)) {
      invalidations.keep();
      owner.counters().connectionsGivenUp().increment();
      abandon(now, message);
    }
  }

  private void abandon(long begunBefore, String message) {
    inFlight.failAllOn(this, begunBefore, Reason.TIMEOUT, message);
    watchdog.close();
  }

  /** From now on operations fail and invalidations are kept; what is under way is failed later. */
  void giveUp(String message) {
    watchdog.giveUp(message);
    invalidations.keep();
  }

  /** Fails what is under way on a connection whose server was given up. */
  void abandon(String message) {
    abandon(inFlight.uptime().now(), message);
  }
}
