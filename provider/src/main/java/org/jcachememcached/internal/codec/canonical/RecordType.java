package org.jcachememcached.internal.codec.canonical;

import java.io.IOException;
import java.io.InvalidClassException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jcachememcached.internal.codec.ClassMemo;
import org.jspecify.annotations.Nullable;

/**
 * Records in the canonical form: the class and the components. They are read back through the
 * canonical constructor, so that its checks apply. Stateless.
 */
final class RecordType {

  static final CanonicalType<Record> RECORD =
      new CanonicalType<>(0x53, Record.class, RecordType::write, RecordType::read);

  private static final ClassMemo<Shape> SHAPES = new ClassMemo<>(Shape::of);

  private RecordType() {}

  private static void write(Record record, CanonicalWriter out) throws IOException {
    Shape shape = SHAPES.get(record.getClass());
    out.writeClass(record.getClass());
    out.writeInt(shape.fingerprint());
    for (Method accessor : shape.accessors()) {
      out.writeObject(Reflection.invoke(accessor, record), Set.of(accessor.getReturnType()));
    }
  }

  private static Record read(CanonicalReader in) throws IOException, ClassNotFoundException {
    Class<?> type = in.readClass();
    if (!type.isRecord()) {
      throw new InvalidClassException(type.getName(), "the class is no longer a record");
    }
    Shape shape = SHAPES.get(type);
    if (in.readInt() != shape.fingerprint()) {
      throw new InvalidClassException(type.getName(), "the record has other components now");
    }
    @Nullable Object[] components = new @Nullable Object[shape.accessors().size()];
    for (int i = 0; i < components.length; i++) {
      components[i] = in.readObject();
    }
    return (Record) Reflection.construct(shape.constructor(), components);
  }

  /**
   * The structure of a record class.
   *
   * @param fingerprint of the components' types and names in their order. Without it, if two
   *     components were swapped between two releases of an application, the key of one record would
   *     become that of another.
   */
  private record Shape(int fingerprint, List<Method> accessors, Constructor<?> constructor) {

    static Shape of(Class<?> type) {
      RecordComponent[] components = type.getRecordComponents();
      Class<?>[] types =
          Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
      return new Shape(
          Arrays.toString(components).hashCode(),
          Arrays.stream(components).map(c -> Reflection.open(c.getAccessor())).toList(),
          Reflection.constructor(type, types));
    }
  }
}
