package org.jcachememcached.internal.codec.interop;

import org.jcachememcached.api.CodecException;
import org.jcachememcached.api.EncodedValue;
import org.jcachememcached.internal.config.CacheSettings;
import org.jcachememcached.internal.config.Settings;

/**
 * What the bytes of a value are, as far as clients in other languages have a word for it: the
 * meanings of those codec ids that need no Java to be read.
 */
enum PayloadType {
  TEXT(2),
  BYTES(4),
  BYTE(5),
  SHORT(6),
  INTEGER(7),
  LONG(8),
  JSON(9);

  private final int codec;

  PayloadType(int codec) {
    this.codec = codec;
  }

  /**
   * The form of the values of a cache.
   *
   * @throws IllegalArgumentException if only Java can read them
   */
  static PayloadType of(Settings settings, Class<?> valueType) {
    String codecName = settings.get(CacheSettings.CODEC);
    return switch (codecName) {
      case "string" -> ofText(valueType);
      case "bytes" -> BYTES;
      case "json" -> JSON;
      default ->
          throw new IllegalArgumentException(
              "Other clients cannot read what the codec " + codecName + " writes");
    };
  }

  private static PayloadType ofText(Class<?> valueType) {
    if (valueType == Byte.class) {
      return BYTE;
    }
    if (valueType == Short.class) {
      return SHORT;
    }
    if (valueType == Integer.class) {
      return INTEGER;
    }
    return valueType == Long.class ? LONG : TEXT;
  }

  /**
   * The form of an encoded value.
   *
   * @throws CodecException if only Java can read it
   */
  static PayloadType of(EncodedValue value) {
    for (PayloadType form : values()) {
      if (form.codec == value.codec()) {
        return form;
      }
    }
    throw new CodecException(
        "Other clients cannot read a value in the form %d; they read text, whole numbers, bytes and JSON"
            .formatted(value.codec()),
        null);
  }

  /** The {@link EncodedValue#codec} of such values. */
  int codec() {
    return codec;
  }

  /** Whether the bytes are the digits of a whole number, which memcached can count up and down. */
  boolean isNumber() {
    return this == BYTE || this == SHORT || this == INTEGER || this == LONG;
  }
}
