package org.jcachememcached.internal.store.memcached.spymemcached;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Queue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HandshakeChannelTest {

  private final ByteBuffer target = ByteBuffer.allocate(100);
  private ScriptedChannel scripted;
  private HandshakeChannel channel;

  @BeforeEach
  void open() throws IOException {
    scripted = new ScriptedChannel(SocketChannel.open());
    channel = new HandshakeChannel(scripted);
  }

  @AfterEach
  void close() throws IOException {
    channel.close();
  }

  @Test
  void everyReadWaitsWhileNothingArrives() throws IOException {
    for (int i = 1; i <= 50; i++) {
      assertThat(channel.read(target)).isZero();
      assertThat(scripted.waits).isEqualTo(i);
    }
  }

  /** It may hold several records, and the handshake reads before each of them. */
  @Test
  void theReadsAfterWhatHasArrivedDoNotWait() throws IOException {
    scripted.arrivals.add(new byte[] {1, 2, 3});

    assertThat(channel.read(target)).isEqualTo(3);
    assertThat(target.flip()).isEqualTo(ByteBuffer.wrap(new byte[] {1, 2, 3}));
    for (int i = 0; i < 8; i++) {
      assertThat(channel.read(target.clear())).isZero();
    }
    assertThat(scripted.waits).isEqualTo(1);
  }

  @Test
  void butNotWithoutEnd() throws IOException {
    scripted.arrivals.add(new byte[] {1, 2, 3});
    for (int i = 0; i < 50; i++) {
      channel.read(target.clear());
    }

    assertThat(scripted.waits).isGreaterThan(20);
  }

  @Test
  void readsTheEnd() throws IOException {
    scripted.arrivals.add(new byte[0]);

    assertThat(channel.read(target)).isEqualTo(-1);
  }

  @Test
  void readsAsTheOtherChannelWhenThatDoesNotBlock() throws IOException {
    scripted.arrivals.add(new byte[] {1, 2, 3});
    scripted.configureBlocking(false);

    assertThat(channel.read(target)).isEqualTo(77);
    assertThat(scripted.waits).isZero();
  }

  /** Each read of its socket waits for nothing, or returns what is to arrive next. */
  private static final class ScriptedChannel extends DelegatingChannel {

    final Queue<byte[]> arrivals = new ArrayDeque<>();
    int waits;

    ScriptedChannel(SocketChannel unconnected) {
      super(unconnected);
    }

    @Override
    public int read(ByteBuffer target) {
      return 77;
    }

    @Override
    public Socket socket() {
      return new Socket() {
        @Override
        public InputStream getInputStream() {
          return new ScriptedInput();
        }
      };
    }

    private final class ScriptedInput extends InputStream {

      @Override
      public int read() {
        throw new UnsupportedOperationException("only whole arrays are read");
      }

      @Override
      public int read(byte[] bytes, int offset, int length) throws IOException {
        waits++;
        byte[] next = arrivals.poll();
        if (next == null) {
          throw new SocketTimeoutException();
        }
        System.arraycopy(next, 0, bytes, offset, next.length);
        return next.length == 0 ? -1 : next.length;
      }
    }
  }
}
