package org.jcachememcached.internal.codec.value;

import java.nio.charset.StandardCharsets;
import org.jcachememcached.api.CodecException;
import org.jcachememcached.api.EncodedValue;
import org.jcachememcached.api.ValueCodec;
import org.jcachememcached.internal.codec.Text;
import org.jspecify.annotations.Nullable;

/**
 * Values as text, which clients in any language read: Strings in UTF-8, or, in a cache of Bytes,
 * Shorts, Integers or Longs, decimal digits. Thread-safe.
 */
final class TextValueCodec implements ValueCodec {

  private final @Nullable DecimalDigits digits;
  private final PayloadType payloadType;

  /**
   * @param valueType the type of the values: String, Byte, Short, Integer or Long, or Object for
   *     String
   * @throws IllegalArgumentException if it is of another type
   */
  TextValueCodec(Class<?> valueType) {
    digits = DecimalDigits.of(valueType);
    payloadType = PayloadType.ofText(valueType);
    if (digits == null && !valueType.isAssignableFrom(String.class)) {
      throw new IllegalArgumentException(
          "The codec string holds values of type String, Byte, Short, Integer or Long, not "
              + valueType.getName());
    }
  }

  @Override
  public EncodedValue encode(Object value) {
    if (digits != null && digits.type().isInstance(value)) {
      return digits.encode(value);
    }
    if (digits == null && value instanceof String text) {
      return encodeText(text);
    }
    throw new CodecException(
        "The codec string of this cache takes "
            + typeName()
            + " values, this one is a "
            + value.getClass().getName(),
        null);
  }

  private static EncodedValue encodeText(String text) {
    if (!Text.isWellFormed(text)) {
      throw new CodecException(
          "The codec string takes what UTF-8 can represent; this String of "
              + text.length()
              + " characters has a lone surrogate",
          null);
    }
    return new EncodedValue(PayloadType.TEXT.id(), text.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public Object decode(int codec, byte[] data, int offset, int length) {
    if (codec != payloadType.id()) {
      throw new CodecException(
          "The codec string of this cache reads %s values, it knows no form %d"
              .formatted(typeName(), codec),
          null);
    }
    return digits == null
        ? Text.fromUtf8(data, offset, length)
        : digits.decode(data, offset, length);
  }

  private String typeName() {
    return digits == null ? "String" : digits.type().getSimpleName();
  }
}
