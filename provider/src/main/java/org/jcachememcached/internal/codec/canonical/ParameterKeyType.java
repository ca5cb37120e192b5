package org.jcachememcached.internal.codec.canonical;

import java.io.IOException;
import java.io.InvalidClassException;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;

/**
 * The keys that annotation frameworks create from the parameters of a method. They are
 * serializable, but equal ones have different bytes, because they contain a hash code that differs
 * between JVMs. So the class and the parameters are written. The classes are referred to by name
 * only. Stateless.
 */
final class ParameterKeyType {

  static final CanonicalType<Object> PARAMETER_KEY =
      new CanonicalType<>(0x54, Object.class, ParameterKeyType::write, ParameterKeyType::read);

  /** The field that holds the parameters, by the name of the class. */
  private static final Map<String, String> FIELDS =
      Map.of(
          "org.jsr107.ri.annotations.DefaultGeneratedCacheKey", "parameters",
          "org.springframework.cache.interceptor.SimpleKey", "params");

  private ParameterKeyType() {}

  static boolean matches(Class<?> type) {
    return FIELDS.containsKey(type.getName());
  }

  private static void write(Object key, CanonicalWriter out) throws IOException {
    Class<?> type = key.getClass();
    out.writeClass(type);
    Object[] parameters = (Object[]) Reflection.read(Reflection.field(type, fieldOf(type)), key);
    ArrayTypes.writeElements(untyped(parameters), out);
  }

  /**
   * The array without the component types of the arrays in it, which {@code Arrays.deepEquals}, by
   * which these keys are compared, ignores too.
   */
  private static Object[] untyped(Object[] array) {
    return Arrays.stream(array)
        .map(element -> element instanceof Object[] nested ? untyped(nested) : element)
        .toArray();
  }

  private static Object read(CanonicalReader in) throws IOException, ClassNotFoundException {
    Class<?> type = in.readClass();
    if (!matches(type)) {
      throw new InvalidClassException(type.getName(), "this is none of " + FIELDS.keySet());
    }
    Object parameters = ArrayTypes.readElements(in).toArray();
    return Reflection.construct(Reflection.constructor(type, Object[].class), parameters);
  }

  private static String fieldOf(Class<?> type) {
    return Objects.requireNonNull(FIELDS.get(type.getName()));
  }
}
