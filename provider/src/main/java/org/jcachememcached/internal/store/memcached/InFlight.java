package org.jcachememcached.internal.store.memcached;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jcachememcached.internal.store.StoreException.Reason;
import org.jcachememcached.internal.store.memcached.spymemcached.AnswerLoop;
import org.jcachememcached.internal.store.memcached.spymemcached.MetaOperation;
import org.jcachememcached.internal.store.memcached.spymemcached.OperationListener;
import org.jcachememcached.internal.thread.FaultBarrier;
import org.jcachememcached.internal.thread.UptimeClock;
import org.jspecify.annotations.Nullable;

/**
 * The operations that are under way: makes sure that each of them ends in time, whatever happens to
 * connections and servers. Thread-safe.
 */
final class InFlight {

  private static final String CLOSED = "the store is closed";

  /** How long a call waits beyond its timeout, if neither an answer nor a timeout ends it. */
  private static final Duration LAST_RESORT = Duration.ofSeconds(30);

  private final Set<MetaOperation> operations = ConcurrentHashMap.newKeySet();
  private final AtomicLong opaques = new AtomicLong(1);
  private final Duration timeout;
  private final Duration patience;
  private final UptimeClock uptime;
  private volatile boolean closed;

  /**
   * @param timeout how long an operation may take
   * @param uptime the clock that it is measured with
   */
  InFlight(Duration timeout, UptimeClock uptime) {
    this.timeout = timeout;
    this.patience = timeout.multipliedBy(2).plus(LAST_RESORT);
    this.uptime = uptime;
  }

  /** How long an operation may take. */
  Duration timeout() {
    return timeout;
  }

  /** The clock that timeouts are measured with. */
  UptimeClock uptime() {
    return uptime;
  }

  /** A call that collects the replies to so many commands. */
  PendingReplies newCall(int commands, AnswerLoop loop) {
    return newCall(commands, loop, null);
  }

  /**
   * A call that collects the replies to so many commands.
   *
   * @param user is left with the last reply; may be null
   */
  PendingReplies newCall(int commands, AnswerLoop loop, @Nullable Fleet user) {
    return new PendingReplies(commands, patience, loop, user);
  }

  /** The first of so many opaque numbers that no other request of the store has. */
  long nextOpaques(int count) {
    return opaques.getAndAdd(count);
  }

  boolean isClosed() {
    return closed;
  }

  /**
   * Adds an operation, or fails it if this is closed.
   *
   * @return whether it was added
   */
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
   * @param readAnswers is run before that, if anything has: reads what was answered meanwhile
   */
  void expireOverdue(Runnable readAnswers) {
    long begunSince = uptime.now() - timeout.toNanos();
    Predicate<MetaOperation> isOverdue = operation -> operation.begun() - begunSince <= 0;
    if (operations.stream().anyMatch(isOverdue)) {
      readAnswers.run();
      forEach(isOverdue, MetaOperation::expire);
    }
  }

  /** An operation that cannot be failed must not keep the others from being failed. */
  private void forEach(Predicate<MetaOperation> which, Consumer<MetaOperation> action) {
    for (MetaOperation operation : operations) {
      if (which.test(operation)) {
        FaultBarrier.run("Failing an operation", () -> action.accept(operation));
      }
    }
  }

  /** Fails what was sent or waits to be sent on one connection and was begun before that time. */
  void failAllOn(OperationListener connection, long begunBefore, Reason reason, String message) {
    forEach(
        operation -> operation.listener() == connection && operation.begun() - begunBefore < 0,
        operation -> operation.fail(reason, message, null));
  }

  /** Fails everything, now and from now on. */
  void close() {
    closed = true;
    forEach(operation -> true, operation -> operation.fail(Reason.REJECTED, CLOSED, null));
  }
}
