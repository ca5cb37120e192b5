package org.jcachememcached.internal.store.memcached;

import java.io.ByteArrayOutputStream;
import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import net.spy.memcached.compat.log.Logger;
import net.spy.memcached.ops.OperationCallback;
import net.spy.memcached.ops.OperationState;
import net.spy.memcached.ops.OperationStatus;
import net.spy.memcached.protocol.BaseOperationImpl;

/**
 * A request of the node itself that the server answers in lines of text. Confined to the client's
 * I/O thread.
 */
abstract class LineOperation extends BaseOperationImpl {

  private static final int MAX_LINE = 8192;

  private final byte[] request;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();

  LineOperation(byte[] request) {
    this.request = request;
    setCallback(new Ending());
  }

  /**
   * Takes a line of the answer.
   *
   * @return whether it was the last one
   */
  abstract boolean take(String answer);

  /** The server has answered, or never will. */
  abstract void ended();

  @Override
  public void initialize() {
    setBuffer(ByteBuffer.wrap(request));
  }

  @Override
  public void readFromBuffer(ByteBuffer in) throws ProtocolException {
    while (in.hasRemaining() && getState() != OperationState.COMPLETE) {
      byte b = in.get();
      if (b == '\n') {
        takeLine();
      } else {
        append(b);
      }
    }
  }

  /** Never: whoever asked judges, or the connection is given up. */
  @Override
  public boolean isTimedOut(long ttlMillis) {
    return false;
  }

  private void append(byte b) throws ProtocolException {
    if (line.size() == MAX_LINE) {
      throw new ProtocolException("a line of over " + MAX_LINE + " bytes in answer to " + this);
    }
    line.write(b);
  }

  private void takeLine() {
    String answer = line.toString(StandardCharsets.ISO_8859_1).strip();
    line.reset();
    if (take(answer)) {
      transitionState(OperationState.COMPLETE);
    }
  }

  @Override
  protected Logger getLogger() {
    return ClientLogger.INSTANCE;
  }

  @Override
  public byte[] getErrorMsg() {
    return new byte[0];
  }

  /** How spymemcached says that it is through with an operation, in one way or another. */
  private final class Ending implements OperationCallback {

    @Override
    public void receivedStatus(OperationStatus status) {}

    @Override
    public void complete() {
      ended();
    }
  }
}
