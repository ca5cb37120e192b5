package org.jcachememcached.internal.codec.serialization;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.NotSerializableException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.StreamCorruptedException;
import java.util.function.Supplier;
import org.jcachememcached.api.CodecException;

/**
 * Java serialization of keys and values: the only code in which bytes may name a class.
 * Thread-safe.
 *
 * <p>Classes come from a {@link ClassSource}. What is read must comply with a {@link
 * DeserializationPolicy} and the JVM-wide filter ({@code jdk.serialFilter}); the classes of what is
 * written must comply with the policy.
 */
public final class JavaSerialization {

  private static final int INITIAL_CAPACITY = 256;

  private final ClassSource classes;
  private final DeserializationPolicy policy;

  /**
   * @param classLoader loads the classes that are read; called each time
   * @param policy what the bytes may become
   */
  public JavaSerialization(Supplier<ClassLoader> classLoader, DeserializationPolicy policy) {
    this(new ApplicationClasses(classLoader), policy);
  }

  private JavaSerialization(ClassSource classes, DeserializationPolicy policy) {
    this.classes = classes;
    this.policy = policy;
  }

  /** The same with classes of another source. */
  public JavaSerialization with(ClassSource otherClasses) {
    return new JavaSerialization(otherClasses, policy);
  }

  /** The exception for an object of a class that is not serializable. */
  public static CodecException notSerializable(Class<?> type) {
    return new CodecException(
        type.getName() + " cannot become bytes: it is not java.io.Serializable", null);
  }

  /**
   * Serializes an object.
   *
   * @throws CodecException if it, or an object in it, is not serializable or would be refused when
   *     it is read
   */
  public byte[] serialize(Object object) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(INITIAL_CAPACITY);
    try (ObjectOutputStream out = new CheckedObjectOutputStream(bytes, policy.classes())) {
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
   * Deserializes an object.
   *
   * @throws CodecException if the bytes are no serialized object, are cut short, name a class that
   *     is unknown or has changed, or are refused by the policy; the message says which
   */
  public Object deserialize(byte[] data, int offset, int length) {
    DeserializationGuard guard = guard(length);
    ByteArrayInputStream bytes = new ByteArrayInputStream(data, offset, length);
    try (ObjectInputStream in = new SourceObjectInputStream(bytes, classes, guard)) {
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
      throw unreadable(
          e,
          guard,
          e instanceof EOFException
              ? "The serialized object is cut short at " + length + " bytes"
              : "These " + length + " bytes are no serialized object of this application: " + e);
    }
  }

  /**
   * The exception for bytes that cannot be read.
   *
   * @param otherwise the message when neither a refusal nor an unknown class is the reason
   */
  public static CodecException unreadable(
      Throwable failure, DeserializationGuard guard, String otherwise) {
    if (guard.refusal() != null) {
      return new CodecException("The deserialization refused " + guard.refusal(), failure);
    }
    return new CodecException(
        failure instanceof ClassNotFoundException
            ? String.valueOf(failure.getMessage())
            : otherwise,
        failure);
  }

  /** Finds the classes that are read. */
  public ClassSource classes() {
    return classes;
  }

  /** A guard for one deserialization of so many bytes. */
  public DeserializationGuard guard(int length) {
    return new DeserializationGuard(policy, length);
  }
}
