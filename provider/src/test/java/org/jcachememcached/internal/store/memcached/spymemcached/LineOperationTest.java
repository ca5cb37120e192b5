package org.jcachememcached.internal.store.memcached.spymemcached;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import net.spy.memcached.ops.OperationState;
import org.jcachememcached.internal.store.memcached.protocol.LineRequest;
import org.junit.jupiter.api.Test;

class LineOperationTest {

  private final Recorder recorder = new Recorder();
  private final LineOperation operation = new LineOperation(recorder);

  @Test
  void readsLinesHoweverTheyAreCut() throws ProtocolException {
    for (String piece : List.of("VERS", "ION 1\r", "\nSTAT a 1\r\nEN", "D\r\n")) {
      operation.readFromBuffer(bytes(piece));
    }

    assertThat(recorder.lines).containsExactly("VERSION 1", "STAT a 1", "END");
    assertThat(recorder.ends).containsExactly(true);
    assertThat(operation.getState()).isEqualTo(OperationState.COMPLETE);
  }

  @Test
  void leavesWhatFollowsTheLastLine() throws ProtocolException {
    ByteBuffer in = bytes("END\r\nHD\r\n");
    operation.readFromBuffer(in);

    assertThat(in.remaining()).isEqualTo("HD\r\n".length());
  }

  @Test
  void reportsThatItWasCancelled() {
    operation.cancel();

    assertThat(recorder.ends).containsExactly(false);
  }

  @Test
  void refusesLineWithoutEnd() {
    ByteBuffer in = bytes("x".repeat(10_000));

    assertThatExceptionOfType(ProtocolException.class)
        .isThrownBy(() -> operation.readFromBuffer(in));
  }

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(US_ASCII));
  }

  /** Records what it is called with; {@code END} ends it. */
  private static final class Recorder implements LineRequest {

    private final List<String> lines = new ArrayList<>();
    private final List<Boolean> ends = new ArrayList<>();

    @Override
    public byte[] bytes() {
      return new byte[0];
    }

    @Override
    public boolean take(String line) {
      lines.add(line);
      return line.equals("END");
    }

    @Override
    public void ended(boolean answered) {
      ends.add(answered);
    }
  }
}
