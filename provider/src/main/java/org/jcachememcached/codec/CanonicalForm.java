package org.jcachememcached.codec;

import java.io.IOException;

/**
 * Objects as bytes that can be compared in their stead: equal objects have the same bytes, in every
 * JVM, others have different ones, and an equal object can be read back. Thread-safe.
 *
 * <p>Each object is announced by the tag of its {@link CanonicalType}; null has one too. Lists,
 * sets, maps and their entries count by what they contain, whatever their class, and are read back
 * as {@code ArrayList}, {@code HashSet}, {@code HashMap}, {@code SimpleImmutableEntry}. Arrays
 * count by their content. Records count by their components, enum constants by their names.
 *
 * <p>Other objects are serialized ({@link JavaSerialization#serializeCanonically}). Equal ones have
 * the same bytes when what they serialize is equal, field by field. These do not, and should be
 * given a record or a list as their key instead:
 *
 * <ul>
 *   <li>objects whose {@code equals} ignores a field, or the case of a string, and that serialize
 *       it nevertheless; the same goes for records with an {@code equals} of their own;
 *   <li>objects that contain a hash set or a hash map: the order and the capacity differ;
 *   <li>objects that keep a hash code computed from enum constants or {@code Object.hashCode},
 *       which differs between JVMs;
 *   <li>objects that share one part in two places where equal objects have two equal parts, unless
 *       the part is a string, a boxed primitive or another {@linkplain ScalarTypes simple} object.
 * </ul>
 *
 * <p>Collections that compare by other rules than {@code equals}, such as a {@code TreeSet} that
 * ignores case, count by {@code equals}.
 */
final class CanonicalForm {

  private final JavaSerialization serialization;

  CanonicalForm(JavaSerialization serialization) {
    this.serialization = serialization;
  }

  /**
   * The object as bytes.
   *
   * @throws CodecException if the object, or one in it, has no form as bytes
   */
  byte[] encode(Object object) {
    return write(object, out -> out.writeObject(object));
  }

  /** The object as bytes, where what it is of is known and not written. */
  byte[] encodeAs(CanonicalType<?> type, Object object) {
    return write(object, out -> type.write(object, out));
  }

  /**
   * The object that the bytes stand for.
   *
   * @throws CodecException if they stand for none, or for one that cannot be made in this JVM
   */
  Object decode(byte[] data) {
    return read(
        data,
        0,
        data.length,
        in -> {
          Object object = in.readObject();
          if (object == null) {
            throw new IOException("null is neither a key nor a value");
          }
          return object;
        });
  }

  /** The object that the bytes of {@link #encodeAs} stand for. */
  Object decodeAs(CanonicalType<?> type, byte[] data, int offset, int length) {
    return read(data, offset, length, type::read);
  }

  private byte[] write(Object object, Writing writing) {
    try {
      CanonicalWriter out = new CanonicalWriter(serialization);
      writing.writeTo(out);
      return out.toByteArray();
    } catch (StackOverflowError e) {
      throw new CodecException(
          object.getClass().getName() + " is nested too deeply, or contains itself", e);
    } catch (CodecException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      throw new CodecException(object.getClass().getName() + " cannot become bytes: " + e, e);
    }
  }

  private Object read(byte[] data, int offset, int length, Reading reading) {
    try {
      CanonicalReader in = new CanonicalReader(data, offset, length, serialization);
      Object object = reading.readFrom(in);
      in.requireEnd();
      return object;
    } catch (CodecException e) {
      throw e;
    } catch (IOException | RuntimeException | LinkageError | StackOverflowError e) {
      throw new CodecException("These " + length + " bytes cannot be read: " + e, e);
    }
  }

  @FunctionalInterface
  private interface Writing {
    void writeTo(CanonicalWriter out) throws IOException;
  }

  @FunctionalInterface
  private interface Reading {
    Object readFrom(CanonicalReader in) throws IOException;
  }
}
