package org.jcachememcached.internal.store.memcached;

import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.time.InstantSource;
import net.spy.memcached.compat.log.Logger;
import net.spy.memcached.ops.CancelledOperationStatus;
import net.spy.memcached.ops.OperationCallback;
import net.spy.memcached.ops.OperationState;
import net.spy.memcached.ops.OperationStatus;
import net.spy.memcached.ops.TimedOutOperationStatus;
import net.spy.memcached.protocol.BaseOperationImpl;
import org.jcachememcached.internal.store.Command;
import org.jcachememcached.internal.store.Item;
import org.jcachememcached.internal.store.Reply;
import org.jcachememcached.internal.store.StoreException;
import org.jcachememcached.internal.store.StoreException.Reason;
import org.jspecify.annotations.Nullable;

/**
 * Carries one batch over a connection of spymemcached and sees to it that it is answered, by the
 * server or by a failure. Thread-safe; its state is guarded by its own monitor, as spymemcached's
 * part of it is.
 *
 * <p>Deliberately not a {@code KeyedOperation}: spymemcached cancels what it cannot clone, and a
 * request that was sent must not be sent again.
 */
final class MetaOperation extends BaseOperationImpl {

  private final Batch batch;
  private final Connection connection;
  private final InFlight inFlight;
  private final InstantSource clock;
  private final long begun;
  private @Nullable Permits permits;
  private boolean answered;
  private boolean settled;
  private @Nullable ProtocolException violation;

  MetaOperation(Batch batch, Connection connection, InFlight inFlight, InstantSource clock) {
    this.batch = batch;
    this.connection = connection;
    this.inFlight = inFlight;
    this.clock = clock;
    this.begun = inFlight.uptime().now();
    setCallback(new Ending());
  }

  /** Whether it has taken too long at that time of the {@link UptimeClock}. */
  boolean isOverdue(long uptime) {
    return uptime - begun >= inFlight.timeout().toNanos();
  }

  /** What it travels on. */
  Connection connection() {
    return connection;
  }

  /** Whether it was begun before that time of the {@link UptimeClock}. */
  boolean wasBegunBefore(long uptime) {
    return begun - uptime < 0;
  }

  /** The number of bytes of the request, or some more. */
  long size() {
    return batch.requestLength();
  }

  /** Gives up waiting; what was not sent yet will not be sent. */
  void expire() {
    // Judged first: whoever waits must find a server that hangs given up.
    if (!isSettled() && batch.isFirstToExpire()) {
      connection.operationExpired(begun);
    }
    timeOut();
  }

  private synchronized boolean isSettled() {
    return settled;
  }

  /** Makes it the holder of a permit, to be given back when it leaves. */
  synchronized void hold(Permits ofNode) {
    permits = ofNode;
  }

  /**
   * It is in no queue any more. That is later than its failure where the server still owes the
   * answer to what was sent; until then it takes up memory.
   */
  synchronized void leave() {
    if (permits != null) {
      permits.release(size());
      permits = null;
    }
  }

  /**
   * Asked before it is written: what has failed already is dropped instead. It is not for the
   * client to judge by its own clock, which also counts the time during which the JVM stood still.
   */
  @Override
  public synchronized boolean isTimedOut(long ttlMillis) {
    if (settled) {
      leave();
    }
    return settled;
  }

  /** Fails what has no answer yet. */
  synchronized void fail(Reason reason, String message, @Nullable Throwable cause) {
    if (!settled) {
      boolean maybeDone = batch.changesSomething() && getState() != OperationState.WRITE_QUEUED;
      settle(
          Reply.failed(
              maybeDone
                  ? StoreException.outcomeUnknown(reason, message, cause)
                  : StoreException.withoutEffect(reason, message, cause)));
    }
  }

  /**
   * Refuses the items that are larger than the server takes, before anything is sent.
   *
   * @return whether nothing is left to send
   */
  synchronized boolean refuseOversized(long itemSizeMax) {
    for (int i = 0; i < batch.size(); i++) {
      Item item = batch.command(i).item();
      if (item != null) {
        refuseOversized(i, item, itemSizeMax);
      }
    }
    if (batch.isAnswered() && !settled) {
      settle(Reply.DONE);
    }
    return settled;
  }

  private void refuseOversized(int i, Item item, long itemSizeMax) {
    Command command = batch.command(i);
    long size = ServerFacts.sizeOf(command.key().length(), item.flags(), item.data().length);
    if (size > itemSizeMax) {
      String message =
          "the item '%s' takes %d bytes, but memcached at %s takes at most %d (its option -I)"
              .formatted(command.key(), size, connection.server(), itemSizeMax);
      batch.reply(i, Reply.failed(StoreException.withoutEffect(Reason.TOO_LARGE, message, null)));
    }
  }

  @Override
  public void initialize() {
    setBuffer(RequestEncoder.encode(batch, clock.millis()));
  }

  @Override
  public synchronized void readFromBuffer(ByteBuffer in) throws ProtocolException {
    if (answered) {
      completeLate();
      return;
    }
    try {
      if (batch.read(in)) {
        complete();
      }
    } catch (ProtocolException e) {
      // The connection is closed now, which cancels this operation.
      violation = e;
      throw e;
    }
  }

  /**
   * A server may refuse a value before it has read all of it. The operation has to stay as it is
   * then until its last byte is sent: without its buffer it would break the I/O thread.
   */
  private void complete() {
    answered = true;
    if (getState() != OperationState.WRITING) {
      transitionState(OperationState.COMPLETE);
    }
    leave();
    if (!settled) {
      connection.answeredInTime();
      settle(Reply.DONE);
    }
  }

  private void completeLate() throws ProtocolException {
    if (getState() == OperationState.WRITING) {
      throw new ProtocolException(
          "memcached at " + connection.server() + " answers what it was not asked");
    }
    transitionState(OperationState.COMPLETE);
  }

  private void settle(Reply toTheRest) {
    settled = true;
    try {
      batch.deliver(toTheRest);
    } finally {
      inFlight.remove(this);
    }
  }

  private void failCancelled() {
    leave();
    if (violation == null) {
      fail(
          Reason.UNREACHABLE,
          "the connection to memcached at " + connection.server() + " broke",
          null);
    } else {
      String message = "memcached at " + connection.server() + " does not keep to the protocol";
      fail(Reason.PROTOCOL, message + ": " + violation.getMessage(), violation);
    }
  }

  private void failTimedOut() {
    long millis = inFlight.timeout().toMillis();
    String message =
        "memcached at %s did not answer within %d ms (setting 'timeout')"
            .formatted(connection.server(), millis);
    fail(Reason.TIMEOUT, message, null);
  }

  @Override
  protected Logger getLogger() {
    return ClientLogger.INSTANCE;
  }

  @Override
  public byte[] getErrorMsg() {
    return new byte[0];
  }

  @Override
  public String toString() {
    return batch.size() + " commands from '" + batch.command(0).key() + "' on";
  }

  /** How spymemcached says that it gives an operation up. */
  private final class Ending implements OperationCallback {

    @Override
    public void receivedStatus(OperationStatus status) {
      if (status instanceof CancelledOperationStatus) {
        failCancelled();
      } else if (status instanceof TimedOutOperationStatus) {
        failTimedOut();
      }
    }

    @Override
    public void complete() {}
  }
}
