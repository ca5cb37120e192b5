package org.jcachememcached.store.memcached;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import net.spy.memcached.ops.Operation;
import org.jcachememcached.config.Server;
import org.jcachememcached.store.Command;
import org.jcachememcached.store.Reply;
import org.jcachememcached.store.StoreException;
import org.jcachememcached.store.StoreException.Reason;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One server as the store sees it: the gate that every operation on its way to it passes.
 * Thread-safe.
 *
 * <p>Operations wait for the first connection only. Later, while there is none, they fail at once:
 * a server that is down costs nobody a timeout, and one that hangs costs one. Nor does anybody wait
 * where too much is under way.
 */
final class ServerNode {

  private static final Logger LOG = LoggerFactory.getLogger(ServerNode.class);

  private final Server server;
  private final NodeOptions options;
  private final InFlight inFlight;
  private final InstantSource clock;
  private final NodeCounters counters = new NodeCounters();
  private final Breaker breaker;
  private final Permits permits;
  private final Invalidations invalidations;
  private final Link link;
  private final List<MetaOperation> waiting = new ArrayList<>();
  private @Nullable HardenedNode node;
  private @Nullable HardenedConnection connection;

  ServerNode(Server server, NodeOptions options, InFlight inFlight, InstantSource clock) {
    this.server = server;
    this.options = options;
    this.inFlight = inFlight;
    this.clock = clock;
    this.breaker = new Breaker(inFlight.uptime());
    this.permits = new Permits(options.maxRequests(), options.maxBytes(), inFlight.uptime());
    Duration repeatAfter = options.timeout().multipliedBy(2).plusSeconds(1);
    this.invalidations =
        new Invalidations(options.maxInvalidations(), repeatAfter, new PrivilegedRemover());
    this.link =
        new Link(server, inFlight, invalidations, this::dispatchWaiting, counters.reconnects());
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

  NodeState state() {
    return link.state();
  }

  NodeCounters counters() {
    return counters;
  }

  Permits permits() {
    return permits;
  }

  Invalidations invalidations() {
    return invalidations;
  }

  Link link() {
    return link;
  }

  /** The address in use; only once there was one. */
  InetSocketAddress address() {
    return link.address();
  }

  /** Begins to connect; to be called once, before the first operation. */
  void open(HardenedNode itsNode, HardenedConnection itsConnection) {
    node = itsNode;
    connection = itsConnection;
    OutstandingRemovals.ofJvm().opened(server, invalidations);
    link.open(itsNode, itsConnection);
  }

  /** Looks after what is due; to be called at short intervals. */
  void tick(long nanoTime) {
    link.tick(nanoTime);
    invalidations.tick(nanoTime);
    if (permits.isWaitedFor()) {
      refuseWaiting(inFlight.uptime().now());
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
    invalidations.settle(nanoTime);
  }

  /** Refuses what waits to be sent. */
  void close() {
    permits.close(StoreException.withoutEffect(Reason.REJECTED, "the store is closed", null));
  }

  /** Leaves to others what is not removed; to be called when the connection has ended. */
  void leaveRemovals() {
    OutstandingRemovals.ofJvm().closed(server, invalidations);
  }

  /**
   * Refuses a command that is larger than all that may be under way.
   *
   * @return whether it was
   */
  boolean refuseTooLarge(Command command, int position, Call call) {
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

  /** Has one command carried out, now or not at all; the call gets its reply. */
  void send(Command command, Call call) {
    MetaOperation operation = newOperation(new Command[] {command}, new int[] {0}, call, null);
    if (inFlight.add(operation)) {
      submit(operation);
    }
  }

  /** Has a batch carried out that has a permit; the call gets the replies. */
  void sendAdmitted(RoutedBatch batch, Call call, Share share) {
    MetaOperation operation;
    try {
      operation = newOperation(batch.commands(), batch.positions(), call, share);
    } catch (Throwable e) {
      permits.release(batch.bytes());
      throw e;
    }
    operation.hold(permits);
    if (inFlight.add(operation)) {
      submitAdmitted(operation);
    } else {
      operation.leave();
    }
  }

  private MetaOperation newOperation(
      Command[] commands, int[] positions, Call call, @Nullable Share share) {
    Batch batch =
        new Batch(call, share, commands, positions, inFlight.nextOpaques(commands.length), clock);
    return new MetaOperation(batch, this, inFlight, clock);
  }

  private void submit(MetaOperation operation) {
    if (link.state() instanceof NodeState.Down down) {
      operation.fail(down.reason(), down.message(), down.cause());
    } else if (permits.acquire(operation.size())) {
      operation.hold(permits);
      submitAdmitted(operation);
    } else {
      counters.rejections().increment();
      operation.fail(Reason.REJECTED, tooMuch(permits.toString()), null);
    }
  }

  /** Sends an operation on its way, keeps it for the first connection, or fails it. */
  private void submitAdmitted(MetaOperation operation) {
    dispatch(operation, waitIfConnecting(operation));
  }

  private NodeState waitIfConnecting(MetaOperation operation) {
    NodeState now = link.state();
    if (!(now instanceof NodeState.Connecting)) {
      return now;
    }
    synchronized (waiting) {
      now = link.state();
      if (now instanceof NodeState.Connecting) {
        waiting.add(operation);
      }
      return now;
    }
  }

  private void dispatchWaiting() {
    List<MetaOperation> released;
    NodeState now = link.state();
    synchronized (waiting) {
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
      operation.fail(Reason.REJECTED, tooMuch("the queue is full"), full);
      operation.leave();
    } catch (Throwable e) {
      String message = "a request to memcached at " + server + " cannot be written: " + e;
      operation.fail(Reason.REJECTED, message, e);
      operation.leave();
    }
  }

  private void enqueueInClient(Operation operation) {
    Objects.requireNonNull(connection).enqueue(Objects.requireNonNull(node), operation);
  }

  private String tooMuch(String what) {
    return "too much is under way to memcached at " + server + ": " + what;
  }

  /** Has keys removed that begin with the prefix, now or before anything else is asked. */
  void invalidate(String prefix, List<String> keys) {
    invalidations.add(prefix, keys);
  }

  /** The server's statistics; nothing while it cannot be asked. */
  CompletableFuture<Map<String, String>> stats() {
    StatsRequest request = new StatsRequest();
    if (link.state() instanceof NodeState.Ready) {
      try {
        enqueueInClient(request);
        return request.future();
      } catch (IllegalStateException full) {
        LOG.debug("memcached at {} cannot be asked for its statistics", server, full);
      }
    }
    return CompletableFuture.completedFuture(Map.of());
  }

  /** The I/O thread has read something that the server has sent. */
  void heard() {
    breaker.heard();
  }

  /** The server has answered an operation in time. */
  void answeredInTime() {
    breaker.answeredInTime();
  }

  /** An operation that was begun then, as of the {@link Uptime}, got no answer in time. */
  void operationExpired(long begun) {
    counters.timeouts().increment();
    String message =
        "memcached at %s does not answer within %d ms (setting 'timeout')"
            .formatted(server, timeout().toMillis());
    if (breaker.expired(begun)) {
      link.giveUp(message, () -> failAll(message));
    }
  }

  private void failAll(String message) {
    counters.breakerOpenings().increment();
    breaker.reset();
    inFlight.failAllOn(this, Reason.TIMEOUT, message);
  }

  /** Why nothing but an operation can be asked of this server either, or null if it can. */
  @Nullable StoreException outage() {
    return link.state() instanceof NodeState.Down down
        ? StoreException.withoutEffect(down.reason(), down.message(), down.cause())
        : null;
  }

  /** The failure of something other than an operation that cannot be done without an address. */
  StoreException unknownAddress() {
    return StoreException.withoutEffect(
        Reason.UNREACHABLE, "memcached at " + server + " has an unknown host name", null);
  }

  /**
   * Removes what has to be removed before anything else is asked: takes no permits, for there is
   * never much of it, and asks for no state.
   */
  private final class PrivilegedRemover implements Invalidations.Remover {

    @Override
    public CompletableFuture<List<Reply>> remove(List<String> keys) {
      Command[] commands = keys.stream().map(Command.Delete::new).toArray(Command[]::new);
      Call call = inFlight.newCall(commands.length);
      MetaOperation operation =
          newOperation(commands, IntStream.range(0, commands.length).toArray(), call, null);
      if (inFlight.add(operation)) {
        enqueue(operation);
      }
      return call.future().whenComplete((replies, unused) -> link.progress());
    }

    @Override
    public Invalidations.Sweep sweep(List<String> prefixes) {
      return new CrawledSweep(prefixes, this::crawl, this::remove);
    }

    private Crawl crawl(String prefix) {
      HardenedNode here = Objects.requireNonNull(node);
      KetamaLocator locator = Objects.requireNonNull(connection).ketama();
      return new Crawl(prefix, List.of(here), locator, ended -> {});
    }
  }
}
