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
 * Objects as bytes that can be compared in their stead: equal objects have the same bytes, in every
 * JVM, others have different ones, and an equal object can be read back. Thread-safe.
 *
 * <p>Each object is announced by the tag of its {@link CanonicalType}; null has one too. Lists,
 * sets, maps and their entries count by what they contain, whatever their class, and are read back
 * as {@code ArrayList}, {@code LinkedHashSet}, {@code LinkedHashMap}, {@code SimpleImmutableEntry},
 * unless a field, an array or a record that they are in demands another class. Arrays count by
 * their content. Records count by their components, enum constants by their names. Classes of the
 * JDK whose equal objects are serialized differently have a form of their own ({@link JdkTypes}).
 *
 * <p>Other objects are serialized, and what they refer to is in its canonical form again. Where
 * that runs code of a class, the object is read back and written again until the bytes no longer
 * change: what is left of an object's history is then gone. Nothing is read back that a {@link
 * DeserializationPolicy} refuses; the first bytes then count. Before an object is serialized, it is
 * asked for its hash code, because some keep it in a field from then on.
 *
 * <p>These have different bytes though they are equal, and should be given a record or a list as
 * their key instead:
 *
 * <ul>
 *   <li>objects whose {@code equals} ignores a field, or the case of a string, and that serialize
 *       it nevertheless; the same goes for records with an {@code equals} of their own;
 *   <li>objects that keep a hash code computed from enum constants or {@code Object.hashCode},
 *       which differs between JVMs;
 *   <li>objects that lead back to themselves, when they contain hash tables, or share a part that
 *       others have twice.
 * </ul>
 *
 * <p>Collections that compare by other rules than {@code equals}, such as a {@code TreeSet} that
 * ignores case, count by {@code equals}.
 */
public final class CanonicalCodec {

  /** Whoever is not the same after so many copies has no last form. */
  private static final int MAX_COPIES = 4;

  private final JavaSerialization serialization;

  public CanonicalCodec(JavaSerialization serialization) {
    this.serialization = serialization;
  }

  /**
   * The object as bytes.
   *
   * @throws CodecException if the object, or one in it, has no form as bytes
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
      // It cannot be read back, or may not be. Who only looks for its entry need not know.
      return null;
    }
  }

  /**
   * A simple object as a value: the tag of its type is the id, and the bytes are without it.
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
   * The object that the bytes stand for.
   *
   * @throws CodecException if they stand for none, or for one that cannot be made in this JVM
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
   * The object that {@link #encodeScalar} has encoded.
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
