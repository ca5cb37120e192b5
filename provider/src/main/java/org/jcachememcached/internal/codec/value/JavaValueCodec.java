package org.jcachememcached.internal.codec.value;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Supplier;
import org.jcachememcached.api.CodecException;
import org.jcachememcached.api.EncodedValue;
import org.jcachememcached.api.ValueCodec;
import org.jcachememcached.internal.codec.Text;
import org.jcachememcached.internal.codec.canonical.CanonicalCodec;
import org.jcachememcached.internal.codec.serialization.DeserializationPolicy;
import org.jcachememcached.internal.codec.serialization.JavaSerialization;

/**
 * The default codec. It writes Strings, byte arrays and whole numbers as the {@link PayloadType} of
 * their own, other simple objects as {@link CanonicalCodec#encodeScalar} does, and all others by
 * Java serialization. Thread-safe.
 */
final class JavaValueCodec implements ValueCodec {

  private final JavaSerialization serialization;
  private final CanonicalCodec canonicalCodec;

  /**
   * @param classLoader loads the classes of the values that are read; called each time
   * @param policy what the bytes may become
   */
  JavaValueCodec(Supplier<ClassLoader> classLoader, DeserializationPolicy policy) {
    serialization = new JavaSerialization(classLoader, policy);
    canonicalCodec = new CanonicalCodec(serialization);
  }

  @Override
  public EncodedValue encode(Object value) {
    if (value instanceof String text) {
      return encodeText(text);
    }
    if (value instanceof byte[] bytes) {
      return new EncodedValue(PayloadType.BYTES.id(), bytes.clone());
    }
    DecimalDigits digits = DecimalDigits.of(value.getClass());
    if (digits != null) {
      return digits.encode(value);
    }
    EncodedValue scalar = canonicalCodec.encodeScalar(value);
    return scalar == null
        ? new EncodedValue(PayloadType.SERIALIZED.id(), serialization.serialize(value))
        : scalar;
  }

  private static EncodedValue encodeText(String text) {
    return Text.isWellFormed(text)
        ? new EncodedValue(PayloadType.TEXT.id(), text.getBytes(StandardCharsets.UTF_8))
        : new EncodedValue(PayloadType.UTF_16_TEXT.id(), Text.toUtf16(text));
  }

  @Override
  public Object decode(int id, byte[] data, int offset, int length) {
    PayloadType type = PayloadType.withId(id);
    if (type == null) {
      return decodeScalar(id, data, offset, length);
    }
    return switch (type) {
      case SERIALIZED -> serialization.deserialize(data, offset, length);
      case TEXT -> Text.fromUtf8(data, offset, length);
      case UTF_16_TEXT -> Text.fromUtf16(data, offset, length);
      case BYTES -> Arrays.copyOfRange(data, offset, offset + length);
      case BYTE, SHORT, INTEGER, LONG -> DecimalDigits.of(type).decode(data, offset, length);
      case JSON -> throw unknown(id);
    };
  }

  private Object decodeScalar(int id, byte[] data, int offset, int length) {
    Object value = canonicalCodec.decodeScalar(id, data, offset, length);
    if (value == null) {
      throw unknown(id);
    }
    return value;
  }

  private static CodecException unknown(int id) {
    return new CodecException("The codec java has no form " + id + " in this release", null);
  }
}
