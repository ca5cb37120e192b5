package org.jcachememcached.internal.store.memcached;

import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;
import org.jcachememcached.internal.config.Server;
import org.jcachememcached.internal.store.memcached.invalidation.Invalidations;
import org.jcachememcached.internal.store.memcached.invalidation.OutstandingRemovals;
import org.jcachememcached.internal.store.memcached.invalidation.PendingInvalidations;

/** The invalidations of all connections to one server. Thread-safe. */
final class NodeInvalidations implements OutstandingRemovals.Holder {

  private final Server server;
  private final int capacity;
  private final PendingInvalidations pending;
  private final List<Invalidations> ofConnections;
  private final ToIntFunction<String> connectionOfKey;

  /**
   * @param capacity how many keys are kept
   * @param pending what is to be removed, with a part for each connection
   * @param ofConnections the invalidations of each connection
   * @param connectionOfKey the index of the connection that a key belongs to
   */
  NodeInvalidations(
      Server server,
      int capacity,
      PendingInvalidations pending,
      List<Invalidations> ofConnections,
      ToIntFunction<String> connectionOfKey) {
    this.server = server;
    this.capacity = capacity;
    this.pending = pending;
    this.ofConnections = ofConnections;
    this.connectionOfKey = connectionOfKey;
  }

  /** Takes over what other stores have left behind; to be called before the first connection. */
  void open() {
    OutstandingRemovals.ofJvm().opened(server, this);
  }

  /** Leaves to others what is not removed; to be called after the last connection has ended. */
  void close() {
    OutstandingRemovals.ofJvm().closed(server, this);
  }

  /** Waits until that time for what is being removed, where there is a connection. */
  void settle(long nanoTime) {
    ofConnections.forEach(invalidations -> invalidations.settle(nanoTime));
  }

  /** Takes over what another store has left behind: each connection what belongs to its keys. */
  @Override
  public void takeOver(PendingInvalidations.Part others) {
    PendingInvalidations divided = new PendingInvalidations(capacity, ofConnections.size());
    for (String prefix : others.takePrefixes()) {
      for (int i = 0; i < ofConnections.size(); i++) {
        divided.part(i).addPrefix(prefix);
      }
    }
    for (PendingInvalidations.Entry entry : others.take(Integer.MAX_VALUE)) {
      divided.part(connectionOfKey.applyAsInt(entry.key())).add(entry);
    }
    for (int i = 0; i < ofConnections.size(); i++) {
      ofConnections.get(i).takeOver(divided.part(i));
    }
  }

  @Override
  public void leave(PendingInvalidations.Part others) {
    ofConnections.forEach(invalidations -> invalidations.leave(others));
  }

  /** The keys that are still to be removed, each with the prefix of its cache. */
  Map<String, String> pendingKeys() {
    return pending.keys();
  }

  /** The sum of a statistic over all connections. */
  long sum(ToLongFunction<Invalidations> statistic) {
    return ofConnections.stream().mapToLong(statistic).sum();
  }

  /** How often more keys were to be removed than can be kept. */
  long overflows() {
    return pending.overflows();
  }
}
