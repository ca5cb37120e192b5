package org.jcachememcached.internal.store.memcached.spymemcached;

import java.io.ByteArrayOutputStream;
import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import net.spy.memcached.compat.log.Logger;
import net.spy.memcached.ops.OperationCallback;
import net.spy.memcached.ops.OperationState;
import net.spy.memcached.ops.OperationStatus;
import net.spy.memcached.protocol.BaseOperationImpl;
import org.jcachememcached.internal.store.memcached.protocol.LineRequest;

/**
 * Carries a {@link LineRequest} over a connection. Its answer is read by the leader of the I/O loop
 * only.
 */
final class LineOperation extends BaseOperationImpl {

  private static final int MAX_LINE = 8192;

  private final LineRequest request;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();

  LineOperation(LineRequest request) {
    this.request = request;
    setCallback(new Ending());
  }

  @Override
  public void initialize() {
    setBuffer(ByteBuffer.wrap(request.bytes()));
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

  /** Never: the sender has a timeout of its own, or the connection is given up. */
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
    if (request.take(answer)) {
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

  @Override
  public String toString() {
    return request.toString();
  }

  /** Called by spymemcached when the operation is complete or cancelled. */
  private final class Ending implements OperationCallback {

    @Override
    public void receivedStatus(OperationStatus status) {}

    @Override
    public void complete() {
      request.ended(getState() == OperationState.COMPLETE);
    }
  }
}
