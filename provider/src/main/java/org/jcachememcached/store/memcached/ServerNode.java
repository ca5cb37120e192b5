package org.jcachememcached.store.memcached;

import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jcachememcached.config.Server;
import org.jcachememcached.store.StoreException;
import org.jcachememcached.store.StoreException.Reason;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One server as the store sees it: whether it can be asked, and the gate that every operation on
 * its way to it passes. Thread-safe.
 *
 * <p>Operations wait for the first connection only. Later, while there is none, they fail at once:
 * a server that is down costs nobody a timeout.
 */
final class ServerNode {

  private static final Logger LOG = LoggerFactory.getLogger(ServerNode.class);

  private static final Duration RECONNECT_DELAY = Duration.ofSeconds(1);

  /** Whether the server can be asked. */
  private sealed interface State {

    /** The first connection is not there yet. */
    record Connecting() implements State {}

    /** The server has said what it is. */
    record Ready(long itemSizeMax) implements State {}

    /** There is no connection, or none that is of use. */
    record Down(Reason reason, String message, @Nullable Throwable cause) implements State {}
  }

  private final Server server;
  private final ServerAddress address;
  private final Duration attemptLimit;
  private final List<MetaOperation> waiting = new ArrayList<>();
  private volatile State state = new State.Connecting();
  private volatile long attemptBegun = System.nanoTime();
  private @Nullable HardenedNode node;
  private @Nullable HardenedConnection connection;

  ServerNode(Server server, Duration timeout) {
    this.server = server;
    this.address = new ServerAddress(server);
    // The client waits before it reconnects; only then the new connection has its time.
    Duration longest = timeout.compareTo(RECONNECT_DELAY) > 0 ? timeout : RECONNECT_DELAY;
    this.attemptLimit = RECONNECT_DELAY.plus(longest);
  }

  Server server() {
    return server;
  }

  /** The address in use; only once there was one. */
  InetSocketAddress address() {
    InetSocketAddress known = address.known();
    return known == null ? InetSocketAddress.createUnresolved(server.host(), server.port()) : known;
  }

  /** Begins to connect; to be called once, before the first operation. */
  void open(HardenedNode itsNode, HardenedConnection itsConnection) {
    node = itsNode;
    connection = itsConnection;
    connect();
  }

  /** Sends an operation on its way, keeps it for the first connection, or fails it. */
  void submit(MetaOperation operation) {
    State now = state;
    if (now instanceof State.Connecting) {
      now = waitForConnection(operation);
    }
    if (now instanceof State.Ready ready) {
      enqueue(operation, ready.itemSizeMax());
    } else if (now instanceof State.Down down) {
      operation.fail(down.reason(), down.message(), down.cause());
    }
  }

  private synchronized State waitForConnection(MetaOperation operation) {
    if (state instanceof State.Connecting) {
      waiting.add(operation);
    }
    return state;
  }

  private void enqueue(MetaOperation operation, long itemSizeMax) {
    if (operation.refuseOversized(itemSizeMax)) {
      return;
    }
    try {
      Objects.requireNonNull(connection).enqueue(Objects.requireNonNull(node), operation);
    } catch (IllegalStateException full) {
      String message = "too much is under way to memcached at " + server;
      operation.fail(Reason.REJECTED, message, full);
    }
  }

  /** The I/O thread has begun to connect. */
  void attemptBegun() {
    attemptBegun = System.nanoTime();
  }

  /** The I/O thread has lost the connection, or could not open one. */
  void connectionLost() {
    attemptBegun();
    become(unreachable(null));
    // The server may have moved.
    address.lookUp(() -> {}, unknown -> {});
  }

  /** The server has answered on a new connection. */
  void connectionReady(ServerFacts facts) {
    String refusal = facts.refusal();
    if (refusal == null) {
      become(new State.Ready(facts.itemSizeMax()));
    } else {
      become(new State.Down(Reason.PROTOCOL, "memcached at " + server + " " + refusal, null));
    }
  }

  /** Gives up an attempt to connect that leads nowhere, and begins another. */
  void checkProgress(long nanoTime) {
    if (isAnswering() || nanoTime - attemptBegun < attemptLimit.toNanos()) {
      return;
    }
    attemptBegun();
    become(unreachable(null));
    HardenedNode itsNode = Objects.requireNonNull(node);
    if (itsNode.hasConnection()) {
      itsNode.giveUpConnection();
      Objects.requireNonNull(connection).wakeUp();
    } else {
      connect();
    }
  }

  private boolean isAnswering() {
    State now = state;
    return now instanceof State.Ready
        || (now instanceof State.Down down && down.reason() == Reason.PROTOCOL);
  }

  private void connect() {
    address.lookUp(this::connectToAddress, unknown -> become(unreachable(unknown)));
  }

  private void connectToAddress() {
    Objects.requireNonNull(node).askForConnection();
    Objects.requireNonNull(connection).wakeUp();
  }

  private State unreachable(@Nullable UnknownHostException unknown) {
    String why = unknown == null ? "" : ": the host name is unknown";
    String message = "memcached at " + server + " cannot be reached (setting 'servers')" + why;
    return new State.Down(Reason.UNREACHABLE, message, unknown);
  }

  private void become(State next) {
    State before;
    List<MetaOperation> released;
    synchronized (this) {
      before = state;
      state = next;
      released = List.copyOf(waiting);
      waiting.clear();
    }
    log(before, next);
    released.forEach(this::submit);
  }

  private void log(State before, State next) {
    if (next instanceof State.Ready && before instanceof State.Down) {
      LOG.info("memcached at {} answers again", server);
    } else if (next instanceof State.Down down && !next.equals(before)) {
      LOG.warn("{}", down.message());
    }
  }

  /** The failure of something other than an operation that cannot be done without an address. */
  StoreException unknownAddress() {
    return StoreException.withoutEffect(
        Reason.UNREACHABLE, "memcached at " + server + " has an unknown host name", null);
  }
}
