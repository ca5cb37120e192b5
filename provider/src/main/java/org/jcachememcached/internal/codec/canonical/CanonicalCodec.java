package org.jcachememcached.internal.codec.canonical;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import org.jcachememcached.api.CodecException;
import org.jcachememcached.api.EncodedValue;
import org.jcachememcached.internal.codec.serialization.ClassSource;
import org.jcachememcached.internal.codec.serialization.DeserializationGuard;
import org.jcachememcached.internal.codec.serialization.DeserializationPolicy;
import org.jcachememcached.internal.codec.serialization.JavaSerialization;
import org.jspecify.annotations.Nullable;

/**
 * Converts objects to bytes such that equal objects have the same bytes, in every JVM, and others
 * have different ones. An equal object can be read back. Thread-safe.
 *
 * <p>Each object begins with the tag of its {@link CanonicalType}; null has one too. Lists, sets,
 * maps and their entries are written by their content, whatever their class, and are read back as
 * {@code ArrayList}, {@code LinkedHashSet}, {@code LinkedHashMap}, {@code SimpleImmutableEntry},
 * unless a field, an array or a record that they are in requires another class. Arrays are written
 * by their content, records by their components, enum constants by their names. Classes of the JDK
 * whose equal objects are serialized differently have a type of their own ({@link JdkTypes}).
 *
 * <p>Other objects are serialized, with what they refer to in its canonical form. Where that runs
 * code of a class, the object is read back and written again until the bytes no longer change,
 * which removes the effects of its history. Nothing is read back that a {@link
 * DeserializationPolicy} refuses; the first bytes are then used. Before an object is serialized,
 * its {@code hashCode} is called, because some objects keep the hash code in a field.
 *
 * <p>These have different bytes although they are equal. Use a record or a list as key instead:
 *
 * <ul>
 *   <li>objects whose {@code equals} ignores a field, or the case of a string, and that serialize
 *       it nevertheless; so do records with an {@code equals} of their own;
 *   <li>objects that keep a hash code computed from enum constants or {@code Object.hashCode},
 *       which differs between JVMs;
 *   <li>objects with a reference cycle, if they contain hash tables, or share a part that others
 *       have twice.
 * </ul>
 *
 * <p>Collections with another comparison than {@code equals}, such as a {@code TreeSet} that
 * ignores case, are compared by {@code equals}.
 */
public final class CanonicalCodec {

  /** An object whose bytes still change after so many copies has no final form. */
  private static final int MAX_COPIES = 4;

  private final JavaSerialization serialization;

  public CanonicalCodec(JavaSerialization serialization) {
    this.serialization = serialization;
  }

  /**
   * Encodes an object.
   *
   * @throws CodecException if the object, or one in it, cannot be encoded
   */
  public byte[] encode(Object object) {
    CanonicalWriter out = written(object);
    byte[] form = out.toByteArray();
    for (int i = 0; i < MAX_COPIES && out.graph().hasRunCode(); i++) {
      Object copy = readBack(form, out.graph().classes());
      if (copy == null) {
        return form;
      }
      out = written(copy);
      byte[] formOfCopy = out.toByteArray();
      if (Arrays.equals(formOfCopy, form)) {
        return form;
      }
      form = formOfCopy;
    }
    return form;
  }

  private CanonicalWriter written(Object object) {
    return write(object, out -> out.writeObject(object));
  }

  private @Nullable Object readBack(byte[] form, ClassSource classes) {
    try {
      return new CanonicalCodec(serialization.with(classes)).decode(form);
    } catch (CodecException e) {
      // It cannot be read back, or may not be; to find its entry, the bytes are enough.
      return null;
    }
  }

  /**
   * Encodes a simple object as a value: the id is the tag of its type, which is not in the bytes.
   *
   * @return null if the object is of no simple type
   */
  public @Nullable EncodedValue encodeScalar(Object object) {
    CanonicalType<?> type = CanonicalTypes.scalar(object.getClass());
    return type == null
        ? null
        : new EncodedValue(type.tag(), write(object, out -> type.write(object, out)).toByteArray());
  }

  /**
   * Decodes an object.
   *
   * @throws CodecException if the bytes are no object, or one that cannot be created in this JVM
   */
  public Object decode(byte[] data) {
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

  /**
   * Decodes what {@link #encodeScalar} has encoded.
   *
   * @return null if no simple type has that tag
   * @throws CodecException if the bytes are no object of the type
   */
  public @Nullable Object decodeScalar(int tag, byte[] data, int offset, int length) {
    CanonicalType<?> type = CanonicalTypes.scalarTagged(tag);
    return type == null ? null : read(data, offset, length, type::read);
  }

  private CanonicalWriter write(Object object, Writing writing) {
    try {
      CanonicalWriter out = new CanonicalWriter(new KeyGraph(serialization));
      writing.writeTo(out);
      return out;
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
    DeserializationGuard guard = serialization.guard(length);
    try {
      CanonicalReader in =
          new CanonicalReader(
              new ByteArrayInputStream(data, offset, length), serialization.classes(), guard, 0);
      Object object = reading.readFrom(in);
      in.requireEnd();
      return object;
    } catch (CodecException e) {
      throw e;
    } catch (IOException
        | ClassNotFoundException
        | RuntimeException
        | LinkageError
        | StackOverflowError e) {
      throw JavaSerialization.unreadable(
          e, guard, "These " + length + " bytes cannot be read: " + e);
    }
  }

  @FunctionalInterface
  private interface Writing {
    void writeTo(CanonicalWriter out) throws IOException;
  }

  @FunctionalInterface
  private interface Reading {
    Object readFrom(CanonicalReader in) throws IOException, ClassNotFoundException;
  }
}
