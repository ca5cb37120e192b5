package org.jcachememcached.internal.codec.canonical;

import java.io.IOException;

/**
 * How the objects of one type are written in the canonical form and read back. Immutable.
 *
 * @param tag the byte that announces such an object, 1 to 255; once given out it is never used for
 *     anything else, for it is in the keys and values that are stored
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

  /** Reads what follows the tag; any exception means that the bytes are not what they should be. */
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
