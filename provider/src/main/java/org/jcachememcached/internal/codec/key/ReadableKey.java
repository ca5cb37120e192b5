package org.jcachememcached.internal.codec.key;

import java.util.Arrays;
import java.util.UUID;
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
 */
record ReadableKey(String mark, Class<?> type) {

  private static final ReadableKey[] ALL = {
    new ReadableKey("s.", String.class),
    new ReadableKey("i.", Integer.class),
    new ReadableKey("l.", Long.class),
    new ReadableKey("w.", Short.class),
    new ReadableKey("y.", Byte.class),
    new ReadableKey("z.", Boolean.class),
    new ReadableKey("c.", Character.class),
    new ReadableKey("f.", Float.class),
    new ReadableKey("d.", Double.class),
    new ReadableKey("u.", UUID.class)
  };

  private static final int MARK_LENGTH = 2;

  /** The readable form of keys of exactly that type, or null if there is none. */
  static @Nullable ReadableKey of(Class<?> type) {
    for (ReadableKey readable : ALL) {
      if (readable.type == type) {
        return readable;
      }
    }
    return null;
  }

  /** The key that has this mark and text. */
  static Object read(String body) {
    for (ReadableKey readable : ALL) {
      if (body.startsWith(readable.mark)) {
        return readable.parse(body.substring(MARK_LENGTH));
      }
    }
    String marks = Arrays.stream(ALL).map(ReadableKey::mark).collect(Collectors.joining(", "));
    throw new CodecException(
        "The key " + body + " begins with none of " + marks + ", b. and h.", null);
  }

  /** The text that follows the mark, the same for equal keys. */
  String print(Object key) {
    return switch (mark.charAt(0)) {
      case 'c' -> Integer.toString((Character) key);
      case 'f' -> Float.toHexString((Float) key);
      case 'd' -> Double.toHexString((Double) key);
      default -> key.toString();
    };
  }

  /**
   * The key that has this text.
   *
   * @throws CodecException if no key has
   */
  Object parse(String text) {
    Object key;
    try {
      key = valueOf(text);
    } catch (IllegalArgumentException e) {
      throw notOfThisType(text, e);
    }
    // Parsers also accept other texts (+42, 042), but a key has one form on the wire.
    if (!print(key).equals(text) || !Text.isPrintableAscii(text)) {
      throw notOfThisType(text, null);
    }
    return key;
  }

  private Object valueOf(String text) {
    return switch (mark.charAt(0)) {
      case 's' -> text;
      case 'i' -> Integer.valueOf(text);
      case 'l' -> Long.valueOf(text);
      case 'w' -> Short.valueOf(text);
      case 'y' -> Byte.valueOf(text);
      case 'z' -> Boolean.valueOf(text);
      case 'c' -> (char) Integer.parseInt(text);
      case 'f' -> Float.valueOf(text);
      case 'd' -> Double.valueOf(text);
      case 'u' -> UUID.fromString(text);
      default -> throw new IllegalStateException(mark);
    };
  }

  private CodecException notOfThisType(String text, @Nullable Throwable cause) {
    return new CodecException(
        "The key " + text + " is not how a " + type.getSimpleName() + " is written", cause);
  }
}
