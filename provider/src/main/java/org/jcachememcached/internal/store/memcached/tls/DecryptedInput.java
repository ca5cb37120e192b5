package org.jcachememcached.internal.store.memcached.tls;

import java.io.IOException;
import java.net.ProtocolException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * What a server sends over one connection with TLS: keeps the beginning of a record until the rest
 * has arrived. The AWS client would leave it in its buffer and go on reading for as long as there
 * is something in it: without an end, if the connection ends in the middle of a record. Confined to
 * the leader of the I/O loop.
 */
public final class DecryptedInput {

  private static final int INITIAL_CAPACITY = 32 * 1024;

  /** Decrypts records one by one. */
  public interface RecordDecryptor {

    /**
     * Decrypts the next record.
     *
     * @return its plain text, valid until the next call, or null if the record is not complete yet
     */
    @Nullable ByteBuffer decrypt(ByteBuffer encrypted) throws IOException;
  }

  private final RecordDecryptor decryptor;

  /** Ready to be written to, between calls. */
  private ByteBuffer encrypted = ByteBuffer.allocate(INITIAL_CAPACITY);

  /** Ready to be read from, between calls. */
  private ByteBuffer plain = ByteBuffer.allocate(INITIAL_CAPACITY).flip();

  /** Creates the input of a new connection. */
  public DecryptedInput(RecordDecryptor decryptor) {
    this.decryptor = decryptor;
  }

  /**
   * Takes all that has been read.
   *
   * @return the text of the records that are complete now, perhaps empty; valid until the next call
   * @throws ProtocolException if the text returned before was not consumed
   */
  public ByteBuffer decrypt(ByteBuffer in) throws IOException {
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
    @Nullable ByteBuffer record = decryptor.decrypt(encrypted);
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
