package org.jcachememcached.internal.operation;

import java.util.List;
import java.util.Set;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

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
   * of Long, which is then what is stored. Null for another type.
   */
  public static <V> @Nullable WholeNumbers<V> of(Class<V> valueType) {
    List<WholeNumbers<V>> all =
        List.of(
            new WholeNumbers<>(valueType, Long.class, Long.MAX_VALUE, number -> number),
            new WholeNumbers<>(valueType, Integer.class, Integer.MAX_VALUE, number -> (int) number),
            new WholeNumbers<>(valueType, Short.class, Short.MAX_VALUE, number -> (short) number),
            new WholeNumbers<>(valueType, Byte.class, Byte.MAX_VALUE, number -> (byte) number));
    return all.stream()
        .filter(numbers -> valueType.isAssignableFrom(numbers.type))
        .findFirst()
        .orElse(null);
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
