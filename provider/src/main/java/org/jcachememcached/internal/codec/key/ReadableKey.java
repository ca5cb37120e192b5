package org.jcachememcached.internal.codec.key;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jcachememcached.api.CodecException;
import org.jcachememcached.internal.codec.Text;
import org.jspecify.annotations.Nullable;

/**
 * What the keys of one simple type look like on the wire: {@code i.42} for the Integer 42.
 * Immutable.
 *
 * <p>Numbers with a fraction are written in hexadecimal: their decimal text differs between
 * releases of Java. A Character is written as the number of its code unit.
 *
 * @param mark identifies the type, the dot included
 * @param type the type, without its subclasses
 * @param printer returns the text that follows the mark, the same for equal keys
 * @param parser returns the key; throws {@link IllegalArgumentException}, or accepts more than the
 *     printer returns
 */
record ReadableKey<T>(
    String mark, Class<T> type, Function<T, String> printer, Function<String, T> parser) {

  private static final List<ReadableKey<?>> ALL =
      List.of(
          new ReadableKey<>("s.", String.class, Function.identity(), Function.identity()),
          new ReadableKey<>("i.", Integer.class, String::valueOf, Integer::valueOf),
          new ReadableKey<>("l.", Long.class, String::valueOf, Long::valueOf),
          new ReadableKey<>("w.", Short.class, String::valueOf, Short::valueOf),
          new ReadableKey<>("y.", Byte.class, String::valueOf, Byte::valueOf),
          new ReadableKey<>("z.", Boolean.class, String::valueOf, Boolean::valueOf),
          new ReadableKey<>("c.", Character.class, c -> Integer.toString(c), ReadableKey::toChar),
          new ReadableKey<>("f.", Float.class, Float::toHexString, Float::valueOf),
          new ReadableKey<>("d.", Double.class, Double::toHexString, Double::valueOf),
          new ReadableKey<>("u.", UUID.class, UUID::toString, UUID::fromString));

  private static final Map<Class<?>, ReadableKey<?>> BY_TYPE =
      ALL.stream().collect(Collectors.toUnmodifiableMap(ReadableKey::type, Function.identity()));

  private static final Map<String, ReadableKey<?>> BY_MARK =
      ALL.stream().collect(Collectors.toUnmodifiableMap(ReadableKey::mark, Function.identity()));

  private static final int MARK_LENGTH = 2;

  /** The readable form of keys of exactly that type, or null if there is none. */
  static @Nullable ReadableKey<?> of(Class<?> type) {
    return BY_TYPE.get(type);
  }

  /** The key that has this mark and text. */
  static Object read(String body) {
    ReadableKey<?> readable = BY_MARK.get(body.substring(0, Math.min(MARK_LENGTH, body.length())));
    if (readable == null) {
      throw new CodecException(
          "The key " + body + " begins with none of " + BY_MARK.keySet() + ", b. and h.", null);
    }
    return readable.parse(body.substring(MARK_LENGTH));
  }

  String print(Object key) {
    return printer.apply(type.cast(key));
  }

  /**
   * The key that has this text.
   *
   * @throws CodecException if no key has
   */
  T parse(String text) {
    T key;
    try {
      key = parser.apply(text);
    } catch (IllegalArgumentException e) {
      throw notOfThisType(text, e);
    }
    // Parsers also accept other texts (+42, 042), but a key has one form on the wire.
    if (!printer.apply(key).equals(text) || !Text.isPrintableAscii(text)) {
      throw notOfThisType(text, null);
    }
    return key;
  }

  private CodecException notOfThisType(String text, @Nullable Throwable cause) {
    return new CodecException(
        "The key " + text + " is not how a " + type.getSimpleName() + " is written", cause);
  }

  private static char toChar(String text) {
    return (char) Integer.parseInt(text);
  }
}
