package org.jcachememcached.internal.codec;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jcachememcached.api.CodecException;
import org.jcachememcached.api.EncodedValue;
import org.jspecify.annotations.Nullable;

/**
 * Whole numbers of one type as decimal digits, which memcached can increment. Immutable.
 *
 * @param id the id of the form
 * @param type the type of the numbers
 * @param parser gives back the number
 */
record DecimalDigits(int id, Class<?> type, Function<String, Object> parser) {

  private static final List<DecimalDigits> ALL =
      List.of(
          new DecimalDigits(5, Byte.class, Byte::valueOf),
          new DecimalDigits(6, Short.class, Short::valueOf),
          new DecimalDigits(7, Integer.class, Integer::valueOf),
          new DecimalDigits(8, Long.class, Long::valueOf));

  private static final Map<Class<?>, DecimalDigits> BY_TYPE =
      ALL.stream().collect(Collectors.toUnmodifiableMap(DecimalDigits::type, Function.identity()));

  /** The form of the numbers of that type, or null if it has none. */
  static @Nullable DecimalDigits of(Class<?> type) {
    return BY_TYPE.get(type);
  }

  /** The form of that id, or null if there is none. */
  static @Nullable DecimalDigits withId(int id) {
    int index = id - ALL.get(0).id;
    return index >= 0 && index < ALL.size() ? ALL.get(index) : null;
  }

  EncodedValue encode(Object number) {
    return new EncodedValue(id, number.toString().getBytes(StandardCharsets.ISO_8859_1));
  }

  Object decode(byte[] data, int offset, int length) {
    String text = new String(data, offset, length, StandardCharsets.ISO_8859_1);
    try {
      // memcached leaves a blank behind when it counts down from 10 to 9.
      return parser.apply(text.stripTrailing());
    } catch (NumberFormatException e) {
      throw new CodecException(
          "These " + length + " bytes are not a number that fits into " + type.getSimpleName(), e);
    }
  }
}
