package org.jcachememcached.internal.codec.value;

import org.jcachememcached.api.CodecException;
import org.jcachememcached.api.EncodedValue;
import org.jcachememcached.api.ValueCodec;
import org.jspecify.annotations.Nullable;

/**
 * Checks that a custom codec keeps the contract of {@link ValueCodec}: ids of its range, no
 * exception other than {@link CodecException}, no values of another type. As thread-safe as the
 * codec.
 */
final class CheckedValueCodec implements ValueCodec {

  private final ValueCodec codec;
  private final Class<?> valueType;

  CheckedValueCodec(ValueCodec codec, Class<?> valueType) {
    this.codec = codec;
    this.valueType = valueType;
  }

  @Override
  @SuppressWarnings("ConstantValue") // What is not compiled here may return null all the same.
  public EncodedValue encode(Object value) {
    @Nullable EncodedValue encoded;
    try {
      encoded = codec.encode(value);
    } catch (CodecException e) {
      throw e;
    } catch (RuntimeException | LinkageError | StackOverflowError e) {
      throw new CodecException(
          this + " failed to encode a " + value.getClass().getName() + ": " + e, e);
    }
    if (encoded == null || encoded.bytes() == null) {
      throw new CodecException(
          this + " encoded a " + value.getClass().getName() + " as null", null);
    }
    requireOwn(encoded.codec());
    return encoded;
  }

  @Override
  @SuppressWarnings("ConstantValue") // What is not compiled here may return null all the same.
  public Object decode(int id, byte[] data, int offset, int length) {
    requireOwn(id);
    @Nullable Object value;
    try {
      value = codec.decode(id, data, offset, length);
    } catch (CodecException e) {
      throw e;
    } catch (RuntimeException | LinkageError | StackOverflowError e) {
      throw new CodecException(
          "%s failed to decode %d bytes of form %d: %s".formatted(this, length, id, e), e);
    }
    if (!valueType.isInstance(value)) {
      throw new CodecException(
          "%s decoded %s where %s is wanted"
              .formatted(
                  this,
                  value == null ? "null" : "a " + value.getClass().getName(),
                  valueType.getName()),
          null);
    }
    return value;
  }

  private void requireOwn(int id) {
    if (id < MIN_OWN_ID || id > EncodedValue.MAX_ID) {
      throw new CodecException(
          "%s and the form %d do not belong together: an own codec has ids from %d to %d"
              .formatted(this, id, MIN_OWN_ID, EncodedValue.MAX_ID),
          null);
    }
  }

  @Override
  public String toString() {
    return "The codec " + codec.getClass().getName();
  }
}
