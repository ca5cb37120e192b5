package org.jcachememcached.internal.store.memcached.scan;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;

/**
 * A connection to a Unix socket as a blocking {@link Socket}, whose reads time out. The JDK has
 * only channels for Unix sockets, and a blocking read of a channel waits forever. Confined to one
 * thread, but {@link #close} may be called from any.
 */
final class ChannelSocket extends Socket {

  private final SocketChannel channel;
  private final Selector selector;
  private final SelectionKey key;
  private int timeoutMillis;

  ChannelSocket() throws IOException {
    channel = SocketChannel.open(StandardProtocolFamily.UNIX);
    try {
      selector = Selector.open();
      channel.configureBlocking(false);
      key = channel.register(selector, 0);
    } catch (Throwable e) {
      channel.close();
      throw e;
    }
  }

  /** Connects at once, or fails: there is nothing to wait for. */
  @Override
  public void connect(SocketAddress address, int unused) throws IOException {
    if (!channel.connect(address)) {
      throw new SocketException("too many connections wait to be accepted at " + address);
    }
  }

  @Override
  public synchronized void setSoTimeout(int millis) {
    timeoutMillis = millis;
  }

  @Override
  public InputStream getInputStream() {
    return new Input();
  }

  @Override
  public OutputStream getOutputStream() {
    return new Output();
  }

  private int read(ByteBuffer target) throws IOException {
    int count = channel.read(target);
    while (count == 0) {
      await(SelectionKey.OP_READ);
      count = channel.read(target);
    }
    return count;
  }

  private void write(ByteBuffer source) throws IOException {
    while (source.hasRemaining()) {
      if (channel.write(source) == 0) {
        await(SelectionKey.OP_WRITE);
      }
    }
  }

  private void await(int operation) throws IOException {
    key.interestOps(operation);
    if (selector.select(ready -> {}, timeoutMillis) == 0 && channel.isOpen()) {
      throw new SocketTimeoutException("nothing within " + timeoutMillis + " ms");
    }
  }

  @Override
  public synchronized void close() throws IOException {
    channel.close();
    selector.close();
  }

  private final class Input extends InputStream {

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      return length == 0 ? 0 : ChannelSocket.this.read(ByteBuffer.wrap(bytes, offset, length));
    }
  }

  private final class Output extends OutputStream {

    @Override
    public void write(int b) throws IOException {
      ChannelSocket.this.write(ByteBuffer.wrap(new byte[] {(byte) b}));
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      ChannelSocket.this.write(ByteBuffer.wrap(bytes, offset, length));
    }
  }
}
