package org.jcachememcached.internal.codec.canonical;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.jcachememcached.api.CodecException;
import org.jcachememcached.internal.codec.serialization.JavaSerialization;

/**
 * The objects of one key while it is written: serializes those that have no type of their own, and
 * records their classes. Not thread-safe.
 */
final class KeyGraph {

  private static final int INITIAL_CAPACITY = 256;

  private final JavaSerialization serialization;
  private final KnownClasses classes = new KnownClasses();
  private final Set<Object> open = Collections.newSetFromMap(new IdentityHashMap<>());
  private boolean hasRunCode;

  KeyGraph(JavaSerialization serialization) {
    this.serialization = serialization;
  }

  /** The recorded classes. */
  KnownClasses classes() {
    return classes;
  }

  /**
   * Whether serialization code of a class was run, which may write an object differently after it
   * has been read back.
   */
  boolean hasRunCode() {
    return hasRunCode;
  }

  /**
   * Serializes an object in parts, or, if there is a reference cycle, as a whole: there is then no
   * innermost part to begin with.
   */
  void serialize(Serializable object, CanonicalWriter out) throws IOException {
    boolean outermost = open.isEmpty();
    if (!open.add(object)) {
      throw new CycleException();
    }
    try {
      if (outermost) {
        fillHashCode(object);
      }
      byte[] parts = inParts(object, out);
      out.writeBoolean(true);
      out.writeBlock(parts);
    } catch (CycleException e) {
      if (!outermost) {
        throw e;
      }
      hasRunCode = true;
      out.writeBoolean(false);
      out.writeBlock(whole(object, classes));
    } finally {
      open.remove(object);
    }
  }

  /** Some objects keep their hash code in a field once it has been computed. */
  @SuppressWarnings("ReturnValueIgnored")
  private static void fillHashCode(Object object) {
    try {
      object.hashCode();
    } catch (RuntimeException | StackOverflowError e) {
      // Then none is kept.
    }
  }

  private byte[] inParts(Serializable object, CanonicalWriter canonical) throws IOException {
    hasRunCode |= SerialShape.of(object.getClass()).runsCode();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(INITIAL_CAPACITY);
    try (ObjectOutputStream out = new PartsObjectOutputStream(bytes, canonical)) {
      out.writeObject(object);
    }
    return bytes.toByteArray();
  }

  private static byte[] whole(Object object, KnownClasses classes) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(INITIAL_CAPACITY);
    try (ObjectOutputStream out = new RecordingObjectOutputStream(bytes, classes)) {
      out.writeObject(object);
    }
    return bytes.toByteArray();
  }

  /**
   * The object that a serialization proxy stands for, such as a list of {@code List.of}, if it has
   * a type of its own; else the object itself. It is created from a copy, because that may change
   * the proxy.
   */
  Object resolved(Object object) {
    if (!SerialShape.of(object.getClass()).resolves()) {
      return object;
    }
    try {
      KnownClasses ofProxy = new KnownClasses();
      byte[] bytes = whole(object, ofProxy);
      Object copy = serialization.with(ofProxy).deserialize(bytes, 0, bytes.length);
      return CanonicalTypes.of(copy.getClass()).equals(SerializedType.SERIALIZED) ? object : copy;
    } catch (IOException | CodecException e) {
      // It cannot be read back, or may not be: it is written as it is.
      return object;
    }
  }

  /** Thrown at a reference cycle. */
  private static final class CycleException extends IOException {
    private static final long serialVersionUID = 1L;
  }
}
