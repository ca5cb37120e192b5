package org.jcachememcached.internal.store.memcached.spymemcached;

import java.net.ProtocolException;
import java.nio.ByteBuffer;
import net.spy.memcached.compat.log.Logger;
import net.spy.memcached.ops.CancelledOperationStatus;
import net.spy.memcached.ops.OperationCallback;
import net.spy.memcached.ops.OperationState;
import net.spy.memcached.ops.OperationStatus;
import net.spy.memcached.ops.TimedOutOperationStatus;
import net.spy.memcached.protocol.BaseOperationImpl;
import org.jcachememcached.internal.store.Reply;
import org.jcachememcached.internal.store.StoreException;
import org.jcachememcached.internal.store.StoreException.Reason;
import org.jcachememcached.internal.store.memcached.protocol.Batch;
import org.jcachememcached.internal.store.memcached.protocol.FailureText;
import org.jspecify.annotations.Nullable;

/**
 * Carries one batch over a connection of spymemcached and makes sure that it is answered, by the
 * server or by a failure. Thread-safe; its state is guarded by its own monitor, as spymemcached's
 * part of it is.
 *
 * <p>Deliberately not a {@code KeyedOperation}: spymemcached cancels what it cannot clone, and a
 * request that was sent must not be sent again.
 */
public final class MetaOperation extends BaseOperationImpl {

  private final Batch batch;
  private final OperationListener listener;
  private final long begun;
  private boolean holdsPermit;
  private boolean answered;
  private boolean settled;
  private @Nullable ProtocolException violation;

  /**
   * @param begun the time now, of the clock that timeouts are measured with
   */
  public MetaOperation(Batch batch, OperationListener listener, long begun) {
    this.batch = batch;
    this.listener = listener;
    this.begun = begun;
    setCallback(new Ending());
  }

  /** When it was begun. */
  public long begun() {
    return begun;
  }

  /** The listener of the connection that it is sent on. */
  public OperationListener listener() {
    return listener;
  }

  /** The number of bytes of the request, or an upper bound of it. */
  public long size() {
    return batch.requestLength();
  }

  /** Stops waiting for the answer; what was not sent yet will not be sent. */
  public void expire() {
    // Judged first: when the call ends, a server that hangs must have been given up already.
    if (!isSettled() && batch.isFirstToExpire()) {
      listener.operationExpired(begun);
    }
    timeOut();
  }

  private synchronized boolean isSettled() {
    return settled;
  }

  /** Makes it the holder of a permit, which it returns when it leaves. */
  public synchronized void holdPermit() {
    holdsPermit = true;
  }

  /**
   * It is no longer in any queue. That is later than its failure where the server still owes the
   * answer to what was sent; until then it takes up memory.
   */
  public synchronized void leave() {
    if (holdsPermit) {
      holdsPermit = false;
      listener.left(size());
    }
  }

  /**
   * Asked before it is written: an operation that has failed already is dropped instead. The
   * client's own clock is ignored, because it also counts the time during which the JVM was
   * stopped.
   */
  @Override
  public synchronized boolean isTimedOut(long ttlMillis) {
    if (settled) {
      leave();
    }
    return settled;
  }

  /** Fails the commands that have no answer yet. */
  public synchronized void fail(Reason reason, String message, @Nullable Throwable cause) {
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
   * Refuses the items that are larger than the server accepts, before anything is sent.
   *
   * @return whether nothing is left to send
   */
  public synchronized boolean refuseOversized(long itemSizeMax) {
    batch.refuseOversized(itemSizeMax, listener.server());
    if (batch.isAnswered() && !settled) {
      settle(Reply.DONE);
    }
    return settled;
  }

  @Override
  public void initialize() {
    setBuffer(batch.encode());
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
   * A server may refuse a value before it has read all of it. The operation keeps its state then
   * until its last byte is sent: without its buffer it would break the I/O loop.
   */
  private void complete() {
    answered = true;
    if (getState() != OperationState.WRITING) {
      transitionState(OperationState.COMPLETE);
    }
    leave();
    if (!settled) {
      listener.answeredInTime();
      settle(Reply.DONE);
    }
  }

  private void completeLate() throws ProtocolException {
    if (getState() == OperationState.WRITING) {
      throw new ProtocolException(
          "memcached at " + listener.server() + " answers what it was not asked");
    }
    transitionState(OperationState.COMPLETE);
  }

  private void settle(Reply toTheRest) {
    settled = true;
    try {
      batch.deliver(toTheRest);
    } finally {
      listener.settled(this);
    }
  }

  private void failCancelled() {
    leave();
    if (violation == null) {
      fail(
          Reason.UNREACHABLE,
          "the connection to memcached at " + listener.server() + " broke",
          null);
    } else {
      String message = "memcached at " + listener.server() + " does not keep to the protocol";
      fail(Reason.PROTOCOL, message + ": " + violation.getMessage(), violation);
    }
  }

  private void failTimedOut() {
    fail(Reason.TIMEOUT, FailureText.noAnswer(listener.server(), listener.timeout()), null);
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

  /** Called by spymemcached when it gives an operation up. */
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
