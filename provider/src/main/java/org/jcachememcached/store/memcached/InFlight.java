package org.jcachememcached.store.memcached;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jcachememcached.store.StoreException.Reason;

/**
 * The operations that are under way: sees to it that every one of them ends in time, whatever
 * becomes of connections and servers. Thread-safe.
 */
final class InFlight {

  private static final String CLOSED = "the store is closed";

  private final Set<MetaOperation> operations = ConcurrentHashMap.newKeySet();
  private final AtomicLong opaques = new AtomicLong(1);
  private final Duration timeout;
  private volatile boolean closed;

  InFlight(Duration timeout) {
    this.timeout = timeout;
  }

  /** How long an operation may take. */
  Duration timeout() {
    return timeout;
  }

  /** The first of so many opaque numbers that no other request of the store has. */
  long nextOpaques(int count) {
    return opaques.getAndAdd(count);
  }

  boolean isClosed() {
    return closed;
  }

  /** Takes an operation under control, or fails it when there is nobody to do that any more. */
  boolean add(MetaOperation operation) {
    operations.add(operation);
    if (closed) {
      operation.fail(Reason.REJECTED, CLOSED, null);
    }
    return !closed;
  }

  void remove(MetaOperation operation) {
    operations.remove(operation);
  }

  /** Fails what has taken too long. */
  void expireOverdue(long nanoTime) {
    for (MetaOperation operation : operations) {
      if (operation.isOverdue(nanoTime)) {
        operation.expire();
      }
    }
  }

  /** Fails what is under way on one connection, or waits for it, and was begun before then. */
  void failAllOn(Connection connection, long begunBefore, Reason reason, String message) {
    for (MetaOperation operation : operations) {
      if (operation.connection() == connection && operation.wasBegunBefore(begunBefore)) {
        operation.fail(reason, message, null);
      }
    }
  }

  /** Fails everything, now and from now on. */
  void close() {
    closed = true;
    for (MetaOperation operation : operations) {
      operation.fail(Reason.REJECTED, CLOSED, null);
    }
  }
}
