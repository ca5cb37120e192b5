package org.jcachememcached.internal.operation;

import java.util.List;
import java.util.Set;
import java.util.function.LongFunction;

/**
 * The whole numbers that the values of a cache can be. Immutable.
 *
 * @param valueType the type of the values of the cache
 * @param type the type of the numbers that are stored
 * @param max the largest of them
 * @param boxing gives the value of a number
 */
public record WholeNumbers<V>(
    Class<V> valueType, Class<?> type, long max, LongFunction<? extends Number> boxing) {

  private static final Set<Class<?>> TYPES =
      Set.of(Long.class, Integer.class, Short.class, Byte.class);

  /**
   * The numbers of a cache with values of that type: Long, Integer, Short or Byte, or a supertype
   * of Long, which is then what is stored.
   *
   * @throws UnsupportedOperationException if it is of another type
   */
  public static <V> WholeNumbers<V> of(String cacheName, Class<V> valueType) {
    List<WholeNumbers<V>> all =
        List.of(
            new WholeNumbers<>(valueType, Long.class, Long.MAX_VALUE, number -> number),
            new WholeNumbers<>(valueType, Integer.class, Integer.MAX_VALUE, number -> (int) number),
            new WholeNumbers<>(valueType, Short.class, Short.MAX_VALUE, number -> (short) number),
            new WholeNumbers<>(valueType, Byte.class, Byte.MAX_VALUE, number -> (byte) number));
    return all.stream()
        .filter(numbers -> valueType.isAssignableFrom(numbers.type))
        .findFirst()
        .orElseThrow(
            () ->
                new UnsupportedOperationException(
                    "Cache '%s' has values of type %s, which cannot be counted: the value type must be Long, Integer, Short, Byte, Number or Object"
                        .formatted(cacheName, valueType.getName())));
  }

  /** Whether the value is a whole number. */
  boolean contains(Object value) {
    return TYPES.contains(value.getClass());
  }

  /** The value of a number that is not greater than the largest. */
  V value(long number) {
    return valueType.cast(boxing.apply(number));
  }
}
