package org.jcachememcached.internal.store.memcached;

import java.io.IOException;
import java.net.ProtocolException;
import java.nio.ByteBuffer;
import net.spy.memcached.MemcachedNode;
import org.jspecify.annotations.Nullable;

/**
 * What a server sends over one connection with TLS: keeps the beginning of a record until its rest
 * has come. The AWS client would leave it in its buffer and go on reading for as long as there is
 * something in it: for ever, if the connection ends in the middle of a record. Confined to the I/O
 * thread.
 */
final class DecryptedInput {

  private static final int INITIAL_CAPACITY = 32 * 1024;

  private final MemcachedNode node;

  /** Ready to be written to, between calls. */
  private ByteBuffer encrypted = ByteBuffer.allocate(INITIAL_CAPACITY);

  /** Ready to be read from, between calls. */
  private ByteBuffer plain = ByteBuffer.allocate(INITIAL_CAPACITY).flip();

  DecryptedInput(MemcachedNode node) {
    this.node = node;
  }

  /**
   * Takes all that has been read.
   *
   * @return the text of the records that are complete now, perhaps empty; valid until the next call
   * @throws ProtocolException if nobody wanted the text before
   */
  ByteBuffer decrypt(ByteBuffer in) throws IOException {
    if (plain.hasRemaining()) {
      throw new ProtocolException(plain.remaining() + " bytes more than were asked for");
    }
    encrypted = withRoomFor(in.remaining(), encrypted).put(in).flip();
    plain.clear();
    boolean complete = true;
    while (complete && encrypted.hasRemaining()) {
      complete = decryptRecord();
    }
    encrypted.compact();
    return plain.flip();
  }

  private boolean decryptRecord() throws IOException {
    @Nullable ByteBuffer record = ClientTls.decrypt(node, encrypted);
    if (record == null) {
      return false;
    }
    plain = withRoomFor(record.remaining(), plain).put(record);
    return true;
  }

  private static ByteBuffer withRoomFor(int bytes, ByteBuffer buffer) {
    if (bytes <= buffer.remaining()) {
      return buffer;
    }
    int capacity = Math.max(buffer.position() + bytes, 2 * buffer.capacity());
    return ByteBuffer.allocate(capacity).put(buffer.flip());
  }
}
