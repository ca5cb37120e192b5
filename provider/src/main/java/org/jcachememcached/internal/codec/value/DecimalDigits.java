package org.jcachememcached.internal.codec.value;

import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jcachememcached.api.CodecException;
import org.jcachememcached.api.EncodedValue;
import org.jspecify.annotations.Nullable;

/**
 * Whole numbers of one type as decimal digits, which memcached can increment. Immutable.
 *
 * @param payloadType what the bytes of such a number are
 * @param type the type of the numbers
 * @param parser gives back the number
 */
record DecimalDigits(PayloadType payloadType, Class<?> type, Function<String, Object> parser) {

  private static final List<DecimalDigits> ALL =
      List.of(
          new DecimalDigits(PayloadType.BYTE, Byte.class, Byte::valueOf),
          new DecimalDigits(PayloadType.SHORT, Short.class, Short::valueOf),
          new DecimalDigits(PayloadType.INTEGER, Integer.class, Integer::valueOf),
          new DecimalDigits(PayloadType.LONG, Long.class, Long::valueOf));

  private static final Map<Class<?>, DecimalDigits> BY_TYPE =
      ALL.stream().collect(Collectors.toUnmodifiableMap(DecimalDigits::type, Function.identity()));

  private static final Map<PayloadType, DecimalDigits> BY_PAYLOAD_TYPE =
      new EnumMap<>(
          ALL.stream().collect(Collectors.toMap(DecimalDigits::payloadType, Function.identity())));

  /** The digits of numbers of that type, or null if it has none. */
  static @Nullable DecimalDigits of(Class<?> type) {
    return BY_TYPE.get(type);
  }

  /** The digits that are a payload of that type, which is one of a number. */
  static DecimalDigits of(PayloadType type) {
    return Objects.requireNonNull(BY_PAYLOAD_TYPE.get(type));
  }

  EncodedValue encode(Object number) {
    return new EncodedValue(
        payloadType.id(), number.toString().getBytes(StandardCharsets.ISO_8859_1));
  }

  Object decode(byte[] data, int offset, int length) {
    String text = new String(data, offset, length, StandardCharsets.ISO_8859_1);
    try {
      // memcached pads with a space when it decrements 10 to 9.
      return parser.apply(text.stripTrailing());
    } catch (NumberFormatException e) {
      throw new CodecException(
          "These " + length + " bytes are not a number that fits into " + type.getSimpleName(), e);
    }
  }
}
