package org.jcachememcached.internal.store.memcached;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import net.spy.memcached.ops.Operation;
import org.jcachememcached.internal.config.Server;
import org.jcachememcached.internal.store.Command;
import org.jcachememcached.internal.store.Reply;
import org.jcachememcached.internal.store.StoreException.Reason;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One of the connections to a server, as the store sees it: the gate that every operation that
 * travels on it passes. It stays the same when what carries it is closed and opened anew.
 * Thread-safe.
 *
 * <p>Operations wait while it is opened. While it cannot be opened they fail at once.
 */
final class Connection {

  private static final Logger LOG = LoggerFactory.getLogger(Connection.class);

  private final ServerNode owner;
  private final InFlight inFlight;
  private final InstantSource clock;
  private final SilenceDetector silence;
  private final Invalidations invalidations;
  private final ConnectionWatchdog watchdog;
  private final List<MetaOperation> waiting = new ArrayList<>();
  private @Nullable HardenedNode node;
  private @Nullable HardenedConnection io;

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
            pending, inFlight.timeout().multipliedBy(2).plusSeconds(1), new PrivilegedRemover());
    this.watchdog =
        new ConnectionWatchdog(
            owner.server(), inFlight, invalidations, this::mayConnect, this::stateChanged);
  }

  ServerNode owner() {
    return owner;
  }

  Server server() {
    return owner.server();
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

  /** Gives it the node that carries it; to be called once, before everything else. */
  void attach(HardenedNode itsNode) {
    node = itsNode;
  }

  /** Begins to connect; to be called once, before the first operation. */
  void open(HardenedConnection ioThread) {
    io = ioThread;
    watchdog.open(node(), ioThread);
  }

  /** Whether it is to be opened now. */
  boolean mayConnect() {
    return owner.mayConnect(this);
  }

  /** Looks after what is due; to be called at short intervals. */
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
      owner.silent(this, watchdog.stateSince());
    }
  }

  /** Has one command carried out, now or not at all; the call gets its reply. */
  void send(Command command, PendingReplies call) {
    MetaOperation operation = newOperation(new Command[] {command}, new int[] {0}, call, null);
    if (inFlight.add(operation)) {
      submit(operation);
    }
  }

  /** Has a batch carried out that has a permit; the call gets the replies. */
  void sendAdmitted(RoutedBatch batch, PendingReplies call, BatchPipeline pipeline) {
    MetaOperation operation;
    try {
      operation = newOperation(batch.commands(), batch.positions(), call, pipeline);
    } catch (Throwable e) {
      owner.permits().release(batch.bytes());
      throw e;
    }
    operation.hold(owner.permits());
    if (inFlight.add(operation)) {
      submitAdmitted(operation);
    } else {
      operation.leave();
    }
  }

  private MetaOperation newOperation(
      Command[] commands, int[] positions, PendingReplies call, @Nullable BatchPipeline pipeline) {
    Batch batch =
        new Batch(
            call, pipeline, commands, positions, inFlight.nextOpaques(commands.length), clock);
    return new MetaOperation(batch, this, inFlight, clock);
  }

  private void submit(MetaOperation operation) {
    Permits permits = owner.permits();
    if (watchdog.state() instanceof NodeState.Down down) {
      operation.fail(down.reason(), down.message(), down.cause());
    } else if (permits.acquire(operation.size())) {
      operation.hold(permits);
      submitAdmitted(operation);
    } else {
      owner.counters().rejections().increment();
      operation.fail(Reason.REJECTED, owner.tooMuch(permits.toString()), null);
    }
  }

  /** Sends an operation on its way, keeps it until there is a connection, or fails it. */
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
      enqueueInClient(operation);
    } catch (IllegalStateException full) {
      operation.fail(Reason.REJECTED, owner.tooMuch("the queue is full"), full);
      operation.leave();
    } catch (Throwable e) {
      String message = "a request to memcached at " + server() + " cannot be written: " + e;
      operation.fail(Reason.REJECTED, message, e);
      operation.leave();
    }
  }

  private void enqueueInClient(Operation operation) {
    Objects.requireNonNull(io).enqueue(node(), operation);
  }

  /** Has keys removed that begin with the prefix, now or before anything else is asked. */
  void invalidate(String prefix, List<String> keys) {
    invalidations.add(prefix, keys);
  }

  boolean isReady() {
    return watchdog.state() instanceof NodeState.Ready;
  }

  /** Whether operations are to be sent on it, and nothing is to be removed. */
  boolean isSettled() {
    return isReady() && invalidations.isDone();
  }

  /** Whether something has to be removed before anything else is asked. */
  boolean isInArrears() {
    return !isReady() && !invalidations.isDone();
  }

  /** The server's statistics; nothing while it cannot be asked. */
  CompletableFuture<Map<String, String>> stats() {
    StatsRequest request = new StatsRequest();
    return ask(request) ? request.future() : CompletableFuture.completedFuture(Map.of());
  }

  private boolean ask(Operation question) {
    if (isReady()) {
      try {
        enqueueInClient(question);
        return true;
      } catch (IllegalStateException full) {
        LOG.debug("memcached at {} cannot be asked for its {}", server(), question, full);
      }
    }
    return false;
  }

  /** Whether there is reason to doubt that it works, or that the server does. */
  boolean isDoubtful() {
    return silence.isDoubtful() || watchdog.state() instanceof NodeState.Connecting;
  }

  /**
   * Asks whether the server is there, unless that is known. On a connection that has lost packets
   * it does more: what arrives behind a lost packet tells the other side at once to repeat that,
   * which would wait for longer and longer otherwise.
   */
  void probe() {
    if (silence.isDoubtful() || !node().isAwaitingAnswer()) {
      ask(new Probe());
    }
  }

  /** The I/O thread has read something that the server has sent. */
  void heard() {
    silence.heard(inFlight.uptime().now());
  }

  /** Whether the server has sent something on it since then, as of the {@link UptimeClock}. */
  boolean wasHeardSince(long time) {
    return silence.wasHeardSince(time);
  }

  /** The server has answered an operation in time. */
  void answeredInTime() {
    owner.answeredInTime();
  }

  /** An operation that was begun then, as of the {@link UptimeClock}, got no answer in time. */
  void operationExpired(long begun) {
    owner.operationExpired(this, begun);
  }

  /**
   * Fails what is under way on a connection that does not answer, and opens another one.
   *
   * @param serverMayHang with requests in its buffers
   */
  void reopen(String message, boolean serverMayHang) {
    long now = inFlight.uptime().now();
    if (watchdog.reopen(serverMayHang)) {
      owner.counters().connectionsGivenUp().increment();
      abandon(now, message);
    }
  }

  private void abandon(long begunBefore, String message) {
    inFlight.failAllOn(this, begunBefore, Reason.TIMEOUT, message);
    watchdog.close();
  }

  /** From now on operations fail; what is under way is failed later. */
  void giveUp(String message) {
    watchdog.giveUp(message);
  }

  /** Fails what is under way on a connection whose server was given up. */
  void abandon(String message) {
    abandon(inFlight.uptime().now(), message);
  }

  /**
   * Removes what has to be removed before anything else is asked: takes no permits, for there is
   * never much of it, and asks for no state.
   */
  private final class PrivilegedRemover implements Invalidations.Remover {

    @Override
    public CompletableFuture<List<Reply>> remove(List<String> keys) {
      Command[] commands = keys.stream().map(Command.Delete::new).toArray(Command[]::new);
      PendingReplies call = inFlight.newCall(commands.length);
      MetaOperation operation =
          newOperation(commands, IntStream.range(0, commands.length).toArray(), call, null);
      if (inFlight.add(operation)) {
        enqueue(operation);
      }
      return call.future().whenComplete((replies, unused) -> watchdog.progress());
    }

    @Override
    public Invalidations.Sweep sweep(List<String> prefixes) {
      return new CrawledSweep(prefixes, this::crawl, this::removeOwn);
    }

    private Crawl crawl(String prefix) {
      KetamaLocator locator = Objects.requireNonNull(io).ketama();
      return new Crawl(prefix, List.of(owner), locator, ended -> {});
    }

    private CompletableFuture<List<Reply>> removeOwn(List<String> keys) {
      List<String> own =
          keys.stream().filter(key -> owner.connectionOf(key) == Connection.this).toList();
      return own.isEmpty() ? CompletableFuture.completedFuture(List.of()) : remove(own);
    }
  }
}
