package org.jcachememcached.internal.store.memcached;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jcachememcached.internal.store.StoreException.Reason;

/**
 * The operations that are under way: sees to it that every one of them ends in time, whatever
 * becomes of connections and servers. Thread-safe.
 */
final class InFlight {

  private static final String CLOSED = "the store is closed";

  /** How long a call waits beyond its timeout, if neither an answer nor a timeout ends it. */
  private static final Duration LAST_RESORT = Duration.ofSeconds(30);

  private final Set<MetaOperation> operations = ConcurrentHashMap.newKeySet();
  private final AtomicLong opaques = new AtomicLong(1);
  private final Duration timeout;
  private final UptimeClock uptime;
  private volatile boolean closed;

  /**
   * @param timeout how long an operation may take
   * @param uptime the clock that says so
   */
  InFlight(Duration timeout, UptimeClock uptime) {
    this.timeout = timeout;
    this.uptime = uptime;
  }

  /** How long an operation may take. */
  Duration timeout() {
    return timeout;
  }

  /** The clock that operations are judged by. */
  UptimeClock uptime() {
    return uptime;
  }

  /** A call that collects the replies to so many commands. */
  PendingReplies newCall(int commands) {
    return new PendingReplies(commands, timeout.multipliedBy(2).plus(LAST_RESORT));
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

  /**
   * Fails what has taken too long.
   *
   * @param readAnswers is run before, if anything has: takes what was answered meanwhile
   */
  void expireOverdue(Runnable readAnswers) {
    long now = uptime.now();
    if (operations.stream().anyMatch(operation -> operation.isOverdue(now))) {
      readAnswers.run();
      forEach(operation -> operation.isOverdue(now), MetaOperation::expire);
    }
  }

  /** One that cannot be failed must not keep the others from it. */
  private void forEach(Predicate<MetaOperation> which, Consumer<MetaOperation> action) {
    for (MetaOperation operation : operations) {
      if (which.test(operation)) {
        FaultBarrier.run("Failing an operation", () -> action.accept(operation));
      }
    }
  }

  /** Fails what is under way on one connection, or waits for it, and was begun before then. */
  void failAllOn(Connection connection, long begunBefore, Reason reason, String message) {
    forEach(
        operation -> operation.connection() == connection && operation.wasBegunBefore(begunBefore),
        operation -> operation.fail(reason, message, null));
  }

  /** Fails everything, now and from now on. */
  void close() {
    closed = true;
    forEach(operation -> true, operation -> operation.fail(Reason.REJECTED, CLOSED, null));
  }
}
