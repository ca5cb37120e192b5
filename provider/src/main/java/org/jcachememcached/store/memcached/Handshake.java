package org.jcachememcached.store.memcached;

import java.io.ByteArrayOutputStream;
import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import net.spy.memcached.ops.OperationCallback;
import net.spy.memcached.ops.OperationState;
import net.spy.memcached.ops.OperationStatus;
import net.spy.memcached.protocol.BaseOperationImpl;

/**
 * The first request on every connection: asks a server for its version and its settings. Confined
 * to the client's I/O thread.
 */
final class Handshake extends BaseOperationImpl {

  private static final byte[] REQUEST =
      "version\r\nstats settings\r\n".getBytes(StandardCharsets.US_ASCII);

  private static final int MAX_LINE = 8192;
  private static final String UNKNOWN = "unknown";

  private final Consumer<ServerFacts> whenAnswered;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private final Map<String, String> settings = new HashMap<>();
  private String version = UNKNOWN;

  Handshake(Consumer<ServerFacts> whenAnswered) {
    this.whenAnswered = whenAnswered;
    setCallback(new Indifference());
  }

  @Override
  public void initialize() {
    setBuffer(ByteBuffer.wrap(REQUEST));
  }

  @Override
  public void readFromBuffer(ByteBuffer in) throws ProtocolException {
    while (in.hasRemaining() && getState() != OperationState.COMPLETE) {
      byte b = in.get();
      if (b == '\n') {
        take(line.toString(StandardCharsets.ISO_8859_1).strip());
        line.reset();
      } else {
        append(b);
      }
    }
  }

  private void append(byte b) throws ProtocolException {
    if (line.size() == MAX_LINE) {
      throw new ProtocolException("a line of over " + MAX_LINE + " bytes in 'stats settings'");
    }
    line.write(b);
  }

  private void take(String answer) {
    String[] words = answer.split(" ", 3);
    if (words[0].equals("VERSION") && words.length > 1) {
      version = words[1];
    } else if (words[0].equals("STAT") && words.length == 3) {
      settings.put(words[1], words[2]);
    } else {
      // The end of the settings, or an error in their place.
      transitionState(OperationState.COMPLETE);
      whenAnswered.accept(facts());
    }
  }

  private ServerFacts facts() {
    boolean cas = !"no".equals(settings.get("cas_enabled"));
    return new ServerFacts(version, cas, itemSizeMax());
  }

  private long itemSizeMax() {
    try {
      return Long.parseLong(settings.getOrDefault("item_size_max", ""));
    } catch (NumberFormatException unknownLimit) {
      return Long.MAX_VALUE;
    }
  }

  @Override
  public byte[] getErrorMsg() {
    return new byte[0];
  }

  @Override
  public String toString() {
    return "handshake";
  }

  /** A handshake that is cancelled has lost its connection, which the node knows already. */
  private static final class Indifference implements OperationCallback {

    @Override
    public void receivedStatus(OperationStatus status) {}

    @Override
    public void complete() {}
  }
}
