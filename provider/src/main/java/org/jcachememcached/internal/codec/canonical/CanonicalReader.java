package org.jcachememcached.internal.codec.canonical;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.StreamCorruptedException;
import org.jcachememcached.internal.codec.Text;
import org.jcachememcached.internal.codec.serialization.ClassSource;
import org.jcachememcached.internal.codec.serialization.DeserializationGuard;
import org.jcachememcached.internal.codec.serialization.SourceObjectInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Reads objects from their canonical form. It never allocates more memory than the remaining bytes
 * can fill, whatever sizes they announce. Not thread-safe.
 */
final class CanonicalReader extends DataInputStream {

  private static final int MAX_COUNT_BITS = 28;

  private final ClassSource classes;
  private final DeserializationGuard guard;
  private int depth;

  /**
   * @param classes finds the classes
   * @param guard checks the whole deserialization, of which this may be a part
   * @param depth the level of nesting of that part
   */
  CanonicalReader(
      ByteArrayInputStream data, ClassSource classes, DeserializationGuard guard, int depth) {
    super(data);
    this.classes = classes;
    this.guard = guard;
    this.depth = depth;
  }

  /** Reads a tag and the object that follows. */
  @Nullable Object readObject() throws IOException, ClassNotFoundException {
    guard.requireLevelBelow(depth);
    depth++;
    Object object = readTagged();
    depth--;
    if (object != null) {
      guard.requireShortWalk(object);
    }
    return object;
  }

  private @Nullable Object readTagged() throws IOException, ClassNotFoundException {
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

  /** Reads the number of elements that follow, each of at least one byte. */
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

  /** Reads the name of a class, and checks it against the policy. */
  Class<?> readClass() throws IOException, ClassNotFoundException {
    Class<?> type = classes.load(readText());
    guard.require(type);
    return type;
  }

  /**
   * Reads an object that was serialized.
   *
   * @param inParts whether the objects that it refers to are in their canonical form
   */
  Object readSerialized(boolean inParts) throws IOException, ClassNotFoundException {
    ByteArrayInputStream bytes = new ByteArrayInputStream(readBlock());
    int before = guard.countFrom(depth);
    try (SourceObjectInputStream in =
        inParts
            ? new PartsObjectInputStream(bytes, classes, guard)
            : new SourceObjectInputStream(bytes, classes, guard)) {
      Object object = in.readObject();
      if (object == null) {
        throw new StreamCorruptedException("null was serialized");
      }
      return object;
    } finally {
      guard.countFrom(before);
    }
  }

  /** Checks that everything was read. */
  void requireEnd() throws IOException {
    if (available() > 0) {
      throw new StreamCorruptedException(available() + " bytes are left over");
    }
  }
}
