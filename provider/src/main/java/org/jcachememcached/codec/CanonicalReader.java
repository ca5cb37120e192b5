package org.jcachememcached.codec;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.StreamCorruptedException;
import org.jspecify.annotations.Nullable;

/**
 * Reads objects from their canonical form. It never reserves more memory than the bytes that are
 * there can fill, whatever sizes they announce. Not thread-safe.
 */
final class CanonicalReader extends DataInputStream {

  private static final int MAX_COUNT_BITS = 28;

  private final JavaSerialization serialization;
  private int depth;

  CanonicalReader(byte[] data, int offset, int length, JavaSerialization serialization) {
    super(new ByteArrayInputStream(data, offset, length));
    this.serialization = serialization;
  }

  /** Reads a tag and the object that follows. */
  @Nullable Object readObject() throws IOException {
    if (depth == serialization.maxDepth()) {
      throw new CodecException(
          "The deserialization refused " + DeserializationGuard.excessiveDepth(depth), null);
    }
    depth++;
    Object object = readTagged();
    depth--;
    return object;
  }

  private @Nullable Object readTagged() throws IOException {
    int tag = readUnsignedByte();
    if (tag == CanonicalTypes.NULL) {
      return null;
    }
    CanonicalType<?> type = CanonicalTypes.tagged(tag);
    if (type == null) {
      throw new StreamCorruptedException("there is no type " + tag);
    }
    return type.read(this);
  }

  /** Reads the number of things that follow, of which each takes at least a byte. */
  int readCount() throws IOException {
    int count = 0;
    int bits = 0;
    int group;
    do {
      group = readUnsignedByte();
      count |= (group & 0x7f) << bits;
      bits += 7;
    } while (group > 0x7f && bits <= MAX_COUNT_BITS);
    if (count < 0 || count > available() || group > 0x7f) {
      throw new EOFException("more is announced than the " + available() + " bytes that follow");
    }
    return count;
  }

  byte[] readBlock() throws IOException {
    byte[] block = new byte[readCount()];
    readFully(block);
    return block;
  }

  String readText() throws IOException {
    boolean wellFormed = readBoolean();
    byte[] block = readBlock();
    return wellFormed
        ? Text.fromUtf8(block, 0, block.length)
        : Text.fromUtf16(block, 0, block.length);
  }

  /** Reads the name of a class. The policy of the deserialization decides about it too. */
  Class<?> readClass() throws IOException {
    return serialization.loadClass(readText());
  }

  /** Demands that everything was read. */
  void requireEnd() throws IOException {
    if (available() > 0) {
      throw new StreamCorruptedException(available() + " bytes are left over");
    }
  }

  JavaSerialization serialization() {
    return serialization;
  }
}
