package org.jcachememcached.internal.codec.canonical;

import java.io.IOException;

/**
 * Writes and reads the canonical form of the objects of one type. Immutable.
 *
 * @param tag the byte that precedes such an object, 1 to 255; its meaning never changes, because it
 *     is in keys and values that are stored
 * @param type the type
 * @param writer writes the same bytes for equal objects, and different bytes for others
 * @param reader reads what the writer wrote
 */
record CanonicalType<T>(int tag, Class<T> type, Writer<T> writer, Reader<T> reader) {

  /** Writes what follows the tag. */
  @FunctionalInterface
  interface Writer<T> {
    void write(T object, CanonicalWriter out) throws IOException;
  }

  /** Reads what follows the tag; any exception means that the bytes are invalid. */
  @FunctionalInterface
  interface Reader<T> {
    T read(CanonicalReader in) throws IOException, ClassNotFoundException;
  }

  void write(Object object, CanonicalWriter out) throws IOException {
    writer.write(type.cast(object), out);
  }

  T read(CanonicalReader in) throws IOException, ClassNotFoundException {
    return reader.read(in);
  }
}
