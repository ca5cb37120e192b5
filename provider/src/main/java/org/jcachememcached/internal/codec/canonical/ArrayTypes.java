package org.jcachememcached.internal.codec.canonical;

import java.io.IOException;
import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Arrays in the canonical form, which compares them by content. Stateless. */
final class ArrayTypes {

  static final List<CanonicalType<?>> ALL =
      List.of(
          new CanonicalType<>(
              0x30,
              byte[].class,
              (array, out) -> out.writeBlock(array),
              CanonicalReader::readBlock),
          ofPrimitives(0x31, boolean[].class),
          ofPrimitives(0x32, char[].class),
          ofPrimitives(0x33, short[].class),
          ofPrimitives(0x34, int[].class),
          ofPrimitives(0x35, long[].class),
          ofPrimitives(0x36, float[].class),
          ofPrimitives(0x37, double[].class),
          new CanonicalType<>(0x38, Object[].class, ArrayTypes::writeArray, ArrayTypes::readArray));

  private ArrayTypes() {}

  /** Each element is written as its boxed type: such keys are too rare for more code. */
  private static <A> CanonicalType<A> ofPrimitives(int tag, Class<A> type) {
    return new CanonicalType<>(
        tag,
        type,
        (array, out) -> {
          out.writeCount(Array.getLength(array));
          for (int i = 0; i < Array.getLength(array); i++) {
            out.writeObject(Array.get(array, i));
          }
        },
        in -> type.cast(fill(type.getComponentType(), readElements(in))));
  }

  private static void writeArray(Object[] array, CanonicalWriter out) throws IOException {
    Class<?> component = array.getClass().getComponentType();
    out.writeClass(component);
    out.writeCount(array.length);
    for (Object element : array) {
      out.writeObject(element, Set.of(component));
    }
  }

  private static Object[] readArray(CanonicalReader in) throws IOException, ClassNotFoundException {
    Class<?> component = in.readClass();
    return (Object[]) fill(component, readElements(in));
  }

  static void writeElements(@Nullable Object[] elements, CanonicalWriter out) throws IOException {
    out.writeCount(elements.length);
    for (Object element : elements) {
      out.writeObject(element);
    }
  }

  static List<@Nullable Object> readElements(CanonicalReader in)
      throws IOException, ClassNotFoundException {
    int count = in.readCount();
    List<@Nullable Object> elements = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      elements.add(in.readObject());
    }
    return elements;
  }

  private static Object fill(Class<?> component, List<@Nullable Object> elements) {
    Object array = Array.newInstance(component, elements.size());
    for (int i = 0; i < elements.size(); i++) {
      Array.set(array, i, elements.get(i));
    }
    return array;
  }
}
