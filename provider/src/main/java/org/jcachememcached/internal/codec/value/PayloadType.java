package org.jcachememcached.internal.codec.value;

import org.jcachememcached.api.EncodedValue;
import org.jcachememcached.api.ValueCodec;
import org.jspecify.annotations.Nullable;

/**
 * What the bytes of a value are when a built-in codec has encoded it. The ids are stored beside the
 * bytes: each keeps its meaning for ever. The ids from 16 on are the tags of the simple types of
 * the canonical codec; those from {@value ValueCodec#MIN_OWN_ID} on belong to the codecs of
 * applications. Immutable.
 */
public enum PayloadType {
  /** Java serialization. */
  SERIALIZED(1),
  /** A String in UTF-8. */
  TEXT(2),
  /** A String that UTF-8 cannot represent, in UTF-16 (big-endian). */
  UTF_16_TEXT(3),
  /** A {@code byte[]}, as it is. */
  BYTES(4),
  /** A Byte as decimal digits. */
  BYTE(5),
  /** A Short as decimal digits. */
  SHORT(6),
  /** An Integer as decimal digits. */
  INTEGER(7),
  /** A Long as decimal digits. */
  LONG(8),
  /** JSON in UTF-8. */
  JSON(9);

  private static final PayloadType[] TYPES = values();

  private final int id;

  PayloadType(int id) {
    this.id = id;
  }

  /** The type of that id, or null if it is the id of none. */
  public static @Nullable PayloadType withId(int id) {
    for (PayloadType type : TYPES) {
      if (type.id == id) {
        return type;
      }
    }
    return null;
  }

  /** What the codec {@code string} writes in a cache of such values. */
  public static PayloadType ofText(Class<?> valueType) {
    DecimalDigits digits = DecimalDigits.of(valueType);
    return digits == null ? TEXT : digits.payloadType();
  }

  /** The {@link EncodedValue#codec} of such values. */
  public int id() {
    return id;
  }

  /** Whether the bytes are the digits of a whole number, which memcached can increment. */
  public boolean isNumber() {
    return this == BYTE || this == SHORT || this == INTEGER || this == LONG;
  }
}
