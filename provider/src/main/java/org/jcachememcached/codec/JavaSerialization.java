package org.jcachememcached.codec;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.NotSerializableException;
import java.io.ObjectInputFilter;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.io.StreamCorruptedException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Java serialization, for keys and values alike: the one place where bytes may name a class.
 * Thread-safe.
 *
 * <p>Classes come from the cache manager's class loader. Each is put before the filter and before
 * the JVM-wide filter ({@code jdk.serialFilter}), and must stay within the limits of {@link
 * DeserializationGuard}.
 */
final class JavaSerialization {

  private final Supplier<ClassLoader> classLoader;
  private final ObjectInputFilter filter;

  /** Leaves it to the JVM-wide filter which classes may be read. */
  JavaSerialization(Supplier<ClassLoader> classLoader) {
    this(classLoader, info -> ObjectInputFilter.Status.UNDECIDED);
  }

  /**
   * @param classLoader asked anew each time
   * @param filter decides which classes may be read; what it leaves undecided may
   */
  JavaSerialization(Supplier<ClassLoader> classLoader, ObjectInputFilter filter) {
    this.classLoader = classLoader;
    this.filter = filter;
  }

  /** The failure to turn an object of that class into bytes. */
  static CodecException notSerializable(Class<?> type) {
    return new CodecException(
        type.getName() + " cannot become bytes: it is not java.io.Serializable", null);
  }

  /**
   * The object as bytes.
   *
   * @throws CodecException if it, or an object in it, is not serializable
   */
  byte[] serialize(Object object) {
    return write(object, ObjectOutputStream::new);
  }

  /**
   * The object as bytes that do not depend on which of its equal parts are the same object; the
   * limits are told at {@link CanonicalForm}.
   *
   * @throws CodecException if it, or an object in it, is not serializable
   */
  byte[] serializeCanonically(Object object) {
    return write(object, CanonicalObjectOutputStream::new);
  }

  private static byte[] write(Object object, OutputFactory factory) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
    try (ObjectOutputStream out = factory.open(bytes)) {
      out.writeObject(object);
    } catch (NotSerializableException e) {
      throw new CodecException(
          object.getClass().getName()
              + " cannot become bytes: it contains "
              + e.getMessage()
              + ", which is not java.io.Serializable",
          e);
    } catch (StackOverflowError e) {
      throw new CodecException(
          object.getClass().getName() + " cannot become bytes: it is nested too deeply", e);
    } catch (IOException | RuntimeException e) {
      throw new CodecException(object.getClass().getName() + " cannot become bytes: " + e, e);
    }
    return bytes.toByteArray();
  }

  /**
   * The object that was serialized.
   *
   * @throws CodecException if the bytes are no serialized object, are cut short, name a class that
   *     is unknown or has changed, or are refused by the filter; the message says which
   */
  Object deserialize(byte[] data, int offset, int length) {
    DeserializationGuard guard = new DeserializationGuard(filter, length);
    ByteArrayInputStream bytes = new ByteArrayInputStream(data, offset, length);
    try (ObjectInputStream in = new LoaderObjectInputStream(bytes, classLoader.get())) {
      in.setObjectInputFilter(guard);
      Object object = in.readObject();
      if (object == null) {
        throw new StreamCorruptedException("null was serialized");
      }
      return object;
    } catch (IOException
        | ClassNotFoundException
        | RuntimeException
        | LinkageError
        | StackOverflowError e) {
      throw new CodecException(reason(e, guard, length), e);
    }
  }

  private static String reason(Throwable failure, DeserializationGuard guard, int length) {
    if (guard.refusal() != null) {
      return "The filter of the deserialization refused " + guard.refusal();
    }
    if (failure instanceof ClassNotFoundException) {
      return unknownClass(failure.getMessage());
    }
    if (failure instanceof EOFException) {
      return "The serialized object is cut short at " + length + " bytes";
    }
    return "These " + length + " bytes are no serialized object of this application: " + failure;
  }

  private static String unknownClass(@Nullable String name) {
    return "The class " + name + " is unknown to the cache manager's class loader";
  }

  /**
   * The class of that name, as {@link Class#getName} gives it; not initialized yet.
   *
   * @throws CodecException if it is unknown, or refused by the filter
   */
  Class<?> loadClass(String name) {
    Class<?> type;
    try {
      type = LoaderObjectInputStream.load(name, classLoader.get());
    } catch (ClassNotFoundException | LinkageError e) {
      throw new CodecException(unknownClass(name), e);
    }
    DeserializationGuard guard = new DeserializationGuard(filter, 0);
    if (guard.checkClass(type) == ObjectInputFilter.Status.REJECTED) {
      throw new CodecException(
          "The filter of the deserialization refused " + guard.refusal(), null);
    }
    return type;
  }

  @FunctionalInterface
  private interface OutputFactory {
    ObjectOutputStream open(OutputStream bytes) throws IOException;
  }
}
