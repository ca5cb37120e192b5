package org.jcachememcached.internal.store.memcached;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jcachememcached.internal.config.Server;

/** The state of a server, which follows from those of its connections. Thread-safe. */
final class NodeStatus {

  private final List<Connection> connections;
  private final NodeCounters counters;
  private final OutageLog log;
  private final InstantSource clock;
  private volatile NodeState last = new NodeState.Connecting();
  private volatile Instant since;

  NodeStatus(
      Server server, List<Connection> connections, NodeCounters counters, InstantSource clock) {
    this.connections = connections;
    this.counters = counters;
    this.log = new OutageLog(server, System::nanoTime);
    this.clock = clock;
    this.since = now();
  }

  /**
   * The state of the server: one connection that works is enough. A server that was down stays so
   * until everything is removed that could not be removed before, on every connection.
   */
  NodeState state() {
    NodeState best = best();
    boolean isBack =
        best instanceof NodeState.Ready && connections.stream().noneMatch(Connection::isInArrears);
    return last instanceof NodeState.Down && !isBack && !(best instanceof NodeState.Down)
        ? last
        : best;
  }

  /** Since when it is in that state, to the millisecond. */
  Instant since() {
    return since;
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }

  /** The best state of a connection: ready, else connecting, else down. */
  NodeState best() {
    NodeState best = connections.get(0).state();
    for (Connection connection : connections) {
      NodeState next = connection.state();
      if (next instanceof NodeState.Ready) {
        return next;
      }
      if (next instanceof NodeState.Connecting) {
        best = next;
      }
    }
    return best;
  }

  /** The state of a connection has changed: logs and counts what that means for the server. */
  void update() {
    NodeState before;
    NodeState now;
    synchronized (this) {
      before = last;
      now = state();
      last = now;
      if (now.getClass() != before.getClass()) {
        since = now();
      }
    }
    if (now instanceof NodeState.Down down && !now.equals(before)) {
      log.isDown(down);
    }
    if (now instanceof NodeState.Ready && before instanceof NodeState.Down) {
      counters.reconnects().increment();
      log.isReady();
    }
  }
}
