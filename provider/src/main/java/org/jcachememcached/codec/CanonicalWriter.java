package org.jcachememcached.codec;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Writes objects in their canonical form into memory. Not thread-safe. */
final class CanonicalWriter extends DataOutputStream {

  private static final int INITIAL_CAPACITY = 128;

  private final ByteArrayOutputStream bytes;
  private final JavaSerialization serialization;

  CanonicalWriter(JavaSerialization serialization) {
    this(new ByteArrayOutputStream(INITIAL_CAPACITY), serialization);
  }

  private CanonicalWriter(ByteArrayOutputStream bytes, JavaSerialization serialization) {
    super(bytes);
    this.bytes = bytes;
    this.serialization = serialization;
  }

  /** Writes the tag of the object's type and the object. */
  void writeObject(@Nullable Object object) throws IOException {
    if (object == null) {
      writeByte(CanonicalTypes.NULL);
      return;
    }
    CanonicalType<?> type = CanonicalTypes.of(object.getClass());
    writeByte(type.tag());
    type.write(object, this);
  }

  /** Writes a number that is not negative, in as few groups of seven bits as it needs. */
  void writeCount(int count) throws IOException {
    int rest = count;
    while (rest > 0x7f) {
      writeByte(rest | 0x80);
      rest >>>= 7;
    }
    writeByte(rest);
  }

  /** Writes how many bytes follow, and the bytes. */
  void writeBlock(byte[] block) throws IOException {
    writeCount(block.length);
    write(block);
  }

  /** Writes a string of any characters. The first bit tells UTF-8 (true) from UTF-16 (false). */
  void writeText(String text) throws IOException {
    boolean wellFormed = Text.isWellFormed(text);
    writeBoolean(wellFormed);
    writeBlock(wellFormed ? text.getBytes(StandardCharsets.UTF_8) : Text.toUtf16(text));
  }

  /** Writes the name of a class. */
  void writeClass(Class<?> type) throws IOException {
    writeText(serialization.nameOf(type));
  }

  /** The canonical forms of some objects, one after the other, in an array of their own. */
  byte[] aside(@Nullable Object... objects) throws IOException {
    CanonicalWriter writer = new CanonicalWriter(serialization);
    for (Object object : objects) {
      writer.writeObject(object);
    }
    return writer.toByteArray();
  }

  JavaSerialization serialization() {
    return serialization;
  }

  byte[] toByteArray() {
    return bytes.toByteArray();
  }
}
