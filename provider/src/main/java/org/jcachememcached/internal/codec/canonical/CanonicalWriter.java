package org.jcachememcached.internal.codec.canonical;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.jcachememcached.internal.codec.Text;
import org.jspecify.annotations.Nullable;

/** Writes objects in their canonical form into memory. Not thread-safe. */
final class CanonicalWriter extends DataOutputStream {

  private static final int INITIAL_CAPACITY = 128;

  private final ByteArrayOutputStream bytes;
  private final KeyGraph graph;

  CanonicalWriter(KeyGraph graph) {
    this(new ByteArrayOutputStream(INITIAL_CAPACITY), graph);
  }

  private CanonicalWriter(ByteArrayOutputStream bytes, KeyGraph graph) {
    super(bytes);
    this.bytes = bytes;
    this.graph = graph;
  }

  /** Writes the tag of the object's type and the object. */
  void writeObject(@Nullable Object object) throws IOException {
    writeObject(object, Set.of());
  }

  /**
   * Writes the tag of the object's type and the object.
   *
   * @param places the types of the fields or elements one of which it will be assigned to when it
   *     is read
   */
  void writeObject(@Nullable Object object, Set<Class<?>> places) throws IOException {
    if (object == null) {
      writeByte(CanonicalTypes.NULL);
      return;
    }
    CanonicalType<?> type = CollectionTypes.fitting(object, places);
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

  /** Writes the number of bytes, and the bytes. */
  void writeBlock(byte[] block) throws IOException {
    writeCount(block.length);
    write(block);
  }

  /**
   * Writes a string of any characters: whether UTF-8 can represent it, and its UTF-8 or else
   * UTF-16.
   */
  void writeText(String text) throws IOException {
    boolean wellFormed = Text.isWellFormed(text);
    writeBoolean(wellFormed);
    writeBlock(wellFormed ? text.getBytes(StandardCharsets.UTF_8) : Text.toUtf16(text));
  }

  /** Writes the name of a class. */
  void writeClass(Class<?> type) throws IOException {
    graph.classes().add(type);
    writeText(type.getName());
  }

  /** The canonical forms of some objects, one after the other, in a separate array. */
  byte[] aside(@Nullable Object... objects) throws IOException {
    CanonicalWriter writer = new CanonicalWriter(graph);
    for (Object object : objects) {
      writer.writeObject(object);
    }
    return writer.toByteArray();
  }

  /**
   * The canonical form of an object that a serialized one refers to.
   *
   * @param places the types of the other one's fields
   */
  byte[] part(Object object, Set<Class<?>> places) throws IOException {
    CanonicalWriter writer = new CanonicalWriter(graph);
    writer.writeObject(graph.resolved(object), places);
    return writer.toByteArray();
  }

  KeyGraph graph() {
    return graph;
  }

  byte[] toByteArray() {
    return bytes.toByteArray();
  }
}
