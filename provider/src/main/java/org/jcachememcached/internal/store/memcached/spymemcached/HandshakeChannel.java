package org.jcachememcached.internal.store.memcached.spymemcached;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/**
 * A connected channel as the AWS client's TLS handshake reads it. The handshake expects one that
 * does not block: it reads before every record, also before those that it has read already. Where
 * nothing comes it would read on and on, and take a whole processor. While the channel is in
 * blocking mode, a read therefore waits a little and returns nothing, except those that follow what
 * has arrived. In non-blocking mode nothing differs. For one thread at a time, but any may close
 * it.
 */
final class HandshakeChannel extends DelegatingChannel {

  /** More records than a server's part of a handshake usually has. */
  private static final int READS_AT_ONCE = 16;

  private static final int WAIT_MILLIS = 10;

  private int readsAtOnce;

  HandshakeChannel(SocketChannel channel) {
    super(channel);
  }

  @Override
  public int read(ByteBuffer target) throws IOException {
    if (!delegate().isBlocking()) {
      return delegate().read(target);
    }
    if (readsAtOnce > 0) {
      readsAtOnce--;
      return 0;
    }
    return readWaiting(target);
  }

  private int readWaiting(ByteBuffer target) throws IOException {
    // The channel itself would wait without an end.
    socket().setSoTimeout(WAIT_MILLIS);
    byte[] bytes = new byte[target.remaining()];
    int count;
    try {
      count = socket().getInputStream().read(bytes);
    } catch (SocketTimeoutException nothing) {
      return 0;
    }
    if (count > 0) {
      target.put(bytes, 0, count);
      readsAtOnce = READS_AT_ONCE;
    }
    return count;
  }
}
