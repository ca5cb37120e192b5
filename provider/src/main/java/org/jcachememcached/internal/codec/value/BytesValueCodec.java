package org.jcachememcached.internal.codec.value;

import java.util.Arrays;
import org.jcachememcached.api.CodecException;
import org.jcachememcached.api.EncodedValue;
import org.jcachememcached.api.ValueCodec;

/** Values that are byte arrays, unchanged. Thread-safe. */
final class BytesValueCodec implements ValueCodec {

  /**
   * @param valueType the type of the values: {@code byte[]}, or Object for the same
   * @throws IllegalArgumentException if it is of another type
   */
  BytesValueCodec(Class<?> valueType) {
    if (!valueType.isAssignableFrom(byte[].class)) {
      throw new IllegalArgumentException(
          "The codec bytes holds values of type byte[], not " + valueType.getName());
    }
  }

  @Override
  public EncodedValue encode(Object value) {
    if (value instanceof byte[] bytes) {
      return new EncodedValue(PayloadType.BYTES.id(), bytes.clone());
    }
    throw new CodecException(
        "The codec bytes takes byte[] values, this one is a " + value.getClass().getName(), null);
  }

  @Override
  public Object decode(int codec, byte[] data, int offset, int length) {
    if (codec != PayloadType.BYTES.id()) {
      throw new CodecException("The codec bytes knows no form " + codec, null);
    }
    return Arrays.copyOfRange(data, offset, offset + length);
  }
}
