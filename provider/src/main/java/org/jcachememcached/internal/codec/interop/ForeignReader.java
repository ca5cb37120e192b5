package org.jcachememcached.internal.codec.interop;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Pattern;
import org.jcachememcached.api.CodecException;
import org.jcachememcached.internal.codec.value.PayloadType;

/**
 * Extracts the bytes of a value from an item of a client in any language. Where the flags are
 * ambiguous, the data decides; what remains ambiguous is refused, because no value is better than a
 * wrong one. Immutable and thread-safe.
 */
final class ForeignReader {

  private static final Pattern FRACTION = Pattern.compile("-?\\d+\\.\\d+(E[+-]?\\d+)?");

  /** In bytes; longer than any fraction that a client writes. */
  private static final int MAX_FRACTION_LENGTH = 32;

  private final PayloadType payloadType;
  private final int maxBytes;

  /**
   * @param payloadType what the values of the cache are
   * @param maxBytes the largest length of a decompressed value
   */
  ForeignReader(PayloadType payloadType, int maxBytes) {
    this.payloadType = payloadType;
    this.maxBytes = maxBytes;
  }

  /**
   * The bytes of a value in the {@link PayloadType} of this reader.
   *
   * @throws CodecException if the item holds something else
   */
  byte[] read(int flags, byte[] data) {
    byte[] payload = decompressed(flags, data);
    int type = Flags.typeOf(flags);
    boolean anyBytes = type == 0 || type == Flags.PYTHON_TEXT;
    byte[] value = anyBytes && !payloadType.isNumber() ? payload : withoutPadding(payload);
    if (!isOfPayloadType(type, value)) {
      throw unreadable(flags);
    }
    return value;
  }

  private byte[] decompressed(int flags, byte[] data) {
    if (Flags.isCompressedByPhp(flags)) {
      return decompressedLikePhp(flags, data);
    }
    return Flags.isCompressedByPython(flags) ? Zlib.inflate(data, 0, maxBytes) : data;
  }

  private byte[] decompressedLikePhp(int flags, byte[] data) {
    if ((flags & ~Flags.PHP_TYPE_MASK) != (Flags.PHP_COMPRESSED | Flags.PHP_ZLIB)) {
      throw unreadable(flags);
    }
    if (data.length < Integer.BYTES) {
      throw new CodecException(
          "The item is cut short: PHP compressed it, but it has only " + data.length + " bytes",
          null);
    }
    int length = ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN).getInt();
    Zlib.requireAtMost(maxBytes, Integer.toUnsignedLong(length));
    byte[] inflated = Zlib.inflate(data, Integer.BYTES, maxBytes);
    if (inflated.length != length) {
      throw new CodecException(
          "The item should have %d bytes when it is decompressed, but has %d"
              .formatted(length, inflated.length),
          null);
    }
    return inflated;
  }

  private boolean isOfPayloadType(int type, byte[] value) {
    return switch (type) {
      case 0, Flags.PYTHON_TEXT -> !payloadType.isNumber() || isWhole(value);
      // A pickle of Python or what PHP serializes never consists of digits alone.
      case Flags.PHP_LONG, Flags.PYTHON_LONG -> isWhole(value);
      case Flags.PYTHON_INT -> isWhole(value) || (takesFractions() && isFraction(value));
      case Flags.PHP_JSON -> payloadType == PayloadType.JSON;
      default -> false;
    };
  }

  private boolean takesFractions() {
    return payloadType == PayloadType.TEXT || payloadType == PayloadType.JSON;
  }

  /** memcached pads with a space when it decrements 10 to 9. */
  private static byte[] withoutPadding(byte[] data) {
    int length = data.length;
    while (length > 0 && data[length - 1] == ' ') {
      length--;
    }
    return length == data.length ? data : Arrays.copyOf(data, length);
  }

  private static boolean isWhole(byte[] data) {
    int start = data.length > 0 && data[0] == '-' ? 1 : 0;
    for (int i = start; i < data.length; i++) {
      if (data[i] < '0' || data[i] > '9') {
        return false;
      }
    }
    return data.length > start;
  }

  private static boolean isFraction(byte[] data) {
    return data.length <= MAX_FRACTION_LENGTH
        && FRACTION.matcher(new String(data, StandardCharsets.ISO_8859_1)).matches();
  }

  private CodecException unreadable(int flags) {
    return new CodecException(
        "The item's flags are %d, which stands for %s; this cache reads values of the form %s"
            .formatted(Integer.toUnsignedLong(flags), Flags.describe(flags), payloadType),
        null);
  }
}
