package org.jcachememcached.codec;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InvalidClassException;
import java.io.NotSerializableException;
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
 * <p>Classes come from the cache manager's class loader. What is read stays within a {@link
 * DeserializationPolicy} and the JVM-wide filter ({@code jdk.serialFilter}); of what is written,
 * the classes do.
 */
final class JavaSerialization {

  private final Supplier<ClassLoader> classLoader;
  private final DeserializationPolicy policy;

  /**
   * @param classLoader asked anew each time
   * @param policy what the bytes may become
   */
  JavaSerialization(Supplier<ClassLoader> classLoader, DeserializationPolicy policy) {
    this.classLoader = classLoader;
    this.policy = policy;
  }

  /** The failure to turn an object of that class into bytes. */
  static CodecException notSerializable(Class<?> type) {
    return new CodecException(
        type.getName() + " cannot become bytes: it is not java.io.Serializable", null);
  }

  /**
   * The object as bytes.
   *
   * @throws CodecException if it, or an object in it, is not serializable or would be refused when
   *     it is read
   */
  byte[] serialize(Object object) {
    return write(object, CheckedObjectOutputStream::new);
  }

  /**
   * The object as bytes that do not depend on which of its equal parts are the same object; the
   * limits are told at {@link CanonicalForm}.
   *
   * @throws CodecException if it, or an object in it, is not serializable or would be refused when
   *     it is read
   */
  byte[] serializeCanonically(Object object) {
    return write(object, CanonicalObjectOutputStream::new);
  }

  private byte[] write(Object object, OutputFactory factory) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
    try (ObjectOutputStream out = factory.open(bytes, policy.classes())) {
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
    } catch (CodecException e) {
      throw new CodecException(
          object.getClass().getName() + " cannot become bytes: " + e.getMessage(), e);
    } catch (IOException | RuntimeException e) {
      throw new CodecException(object.getClass().getName() + " cannot become bytes: " + e, e);
    }
    return bytes.toByteArray();
  }

  /**
   * The object that was serialized.
   *
   * @throws CodecException if the bytes are no serialized object, are cut short, name a class that
   *     is unknown or has changed, or are refused by the policy; the message says which
   */
  Object deserialize(byte[] data, int offset, int length) {
    DeserializationGuard guard = new DeserializationGuard(policy, length);
    ByteArrayInputStream bytes = new ByteArrayInputStream(data, offset, length);
    try (ObjectInputStream in = new LoaderObjectInputStream(bytes, classLoader.get(), guard)) {
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
      return "The deserialization refused " + guard.refusal();
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
   * @throws CodecException if it is unknown, or refused by the policy
   */
  Class<?> loadClass(String name) {
    Class<?> type;
    try {
      type = LoaderObjectInputStream.load(name, classLoader.get());
    } catch (ClassNotFoundException | LinkageError e) {
      throw new CodecException(unknownClass(name), e);
    }
    DeserializationGuard guard = new DeserializationGuard(policy, 0);
    try {
      guard.require(type);
    } catch (InvalidClassException e) {
      throw new CodecException("The deserialization refused " + guard.refusal(), e);
    }
    return type;
  }

  /**
   * The name by which {@link #loadClass} will find the class.
   *
   * @throws CodecException if it would be refused then
   */
  String nameOf(Class<?> type) {
    CheckedObjectOutputStream.require(type, policy.classes());
    return type.getName();
  }

  /** How deep objects may be nested that are read. */
  int maxDepth() {
    return policy.maxDepth();
  }

  @FunctionalInterface
  private interface OutputFactory {
    ObjectOutputStream open(OutputStream bytes, ClassFilter classes) throws IOException;
  }
}
