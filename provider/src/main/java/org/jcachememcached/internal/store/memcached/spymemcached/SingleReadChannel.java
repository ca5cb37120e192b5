package org.jcachememcached.internal.store.memcached.spymemcached;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/**
 * A connected channel as the client's loop reads it. The loop reads until it gets nothing, which
 * costs a second system call for almost every reply. A read that leaves room in the buffer has
 * taken everything, so this channel answers the next one itself; what arrives meanwhile is found by
 * the next turn of the loop. Used by the leader of the loop only.
 */
final class SingleReadChannel extends DelegatingChannel {

  private boolean exhausted;

  SingleReadChannel(SocketChannel channel) {
    super(channel);
  }

  @Override
  public int read(ByteBuffer target) throws IOException {
    if (exhausted) {
      exhausted = false;
      return 0;
    }
    int count = delegate().read(target);
    exhausted = count > 0 && target.hasRemaining();
    return count;
  }
}
