package org.jcachememcached.internal.codec;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Supplier;
import org.jcachememcached.api.CodecException;
import org.jcachememcached.api.EncodedValue;
import org.jcachememcached.api.ValueCodec;

/**
 * The default codec: simple values in short forms of their own, all others by Java serialization.
 * Thread-safe.
 *
 * <table>
 *   <caption>The forms and their ids</caption>
 *   <tr><td>1</td><td>Java serialization</td></tr>
 *   <tr><td>2</td><td>String in UTF-8</td></tr>
 *   <tr><td>3</td><td>String that UTF-8 cannot represent, in UTF-16 (big-endian)</td></tr>
 *   <tr><td>4</td><td>{@code byte[]}, as it is</td></tr>
 *   <tr><td>5, 6, 7, 8</td><td>Byte, Short, Integer, Long as {@link DecimalDigits}</td></tr>
 *   <tr><td>16 and up</td><td>the tags of {@link ScalarTypes} and {@link TimeTypes}, in their
 *       forms</td></tr>
 * </table>
 */
public final class JavaValueCodec implements ValueCodec {

  private static final int SERIALIZED = 1;
  static final int UTF_8 = 2;
  private static final int UTF_16 = 3;
  static final int BYTES = 4;

  private final JavaSerialization serialization;
  private final CanonicalCodec canonicalCodec;

  /** With the default policy. */
  public JavaValueCodec(Supplier<ClassLoader> classLoader) {
    this(classLoader, DeserializationPolicy.DEFAULT);
  }

  /**
   * @param classLoader loads the classes of the values that are read; asked anew each time
   * @param policy what the bytes may become
   */
  public JavaValueCodec(Supplier<ClassLoader> classLoader, DeserializationPolicy policy) {
    serialization = new JavaSerialization(classLoader, policy);
    canonicalCodec = new CanonicalCodec(serialization);
  }

  @Override
  public EncodedValue encode(Object value) {
    if (value instanceof String text) {
      return encodeText(text);
    }
    if (value instanceof byte[] bytes) {
      return new EncodedValue(BYTES, bytes.clone());
    }
    DecimalDigits digits = DecimalDigits.of(value.getClass());
    if (digits != null) {
      return digits.encode(value);
    }
    CanonicalType<?> scalar = CanonicalTypes.scalar(value.getClass());
    return scalar == null
        ? new EncodedValue(SERIALIZED, serialization.serialize(value))
        : new EncodedValue(scalar.tag(), canonicalCodec.encodeAs(scalar, value));
  }

  private static EncodedValue encodeText(String text) {
    return Text.isWellFormed(text)
        ? new EncodedValue(UTF_8, text.getBytes(StandardCharsets.UTF_8))
        : new EncodedValue(UTF_16, Text.toUtf16(text));
  }

  @Override
  public Object decode(int codec, byte[] data, int offset, int length) {
    return switch (codec) {
      case SERIALIZED -> serialization.deserialize(data, offset, length);
      case UTF_8 -> Text.fromUtf8(data, offset, length);
      case UTF_16 -> Text.fromUtf16(data, offset, length);
      case BYTES -> Arrays.copyOfRange(data, offset, offset + length);
      default -> decodeOther(codec, data, offset, length);
    };
  }

  private Object decodeOther(int codec, byte[] data, int offset, int length) {
    DecimalDigits digits = DecimalDigits.withId(codec);
    if (digits != null) {
      return digits.decode(data, offset, length);
    }
    CanonicalType<?> type = CanonicalTypes.scalarTagged(codec);
    if (type == null) {
      throw new CodecException("The codec java has no form " + codec + " in this release", null);
    }
    return canonicalCodec.decodeAs(type, data, offset, length);
  }
}
