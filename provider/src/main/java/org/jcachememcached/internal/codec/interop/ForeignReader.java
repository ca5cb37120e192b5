package org.jcachememcached.internal.codec.interop;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Pattern;
import org.jcachememcached.api.CodecException;
import org.jcachememcached.internal.codec.value.PayloadType;

/**
 * Finds the bytes of a value in an item of any client, whatever language it speaks. What the flags
 * leave open, the data decides; what is not certain is refused: better no value than a wrong one.
 * Immutable and thread-safe.
 */
final class ForeignReader {

  private static final Pattern FRACTION = Pattern.compile("-?\\d+\\.\\d+(E[+-]?\\d+)?");

  /** In bytes; longer than any fraction that a client writes. */
  private static final int MAX_FRACTION_LENGTH = 32;

  private final PayloadType form;
  private final int maxBytes;

  /**
   * @param form what the values of the cache are
   * @param maxBytes how many bytes a compressed value may have when it is decompressed
   */
  ForeignReader(PayloadType form, int maxBytes) {
    this.form = form;
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
    byte[] value = anyBytes && !form.isNumber() ? payload : withoutPadding(payload);
    if (!isOfForm(type, value)) {
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

  private boolean isOfForm(int type, byte[] value) {
    return switch (type) {
      case 0, Flags.PYTHON_TEXT -> !form.isNumber() || isWhole(value);
      // A pickle of Python or what PHP serializes is never made of digits alone.
      case Flags.PHP_LONG, Flags.PYTHON_LONG -> isWhole(value);
      case Flags.PYTHON_INT -> isWhole(value) || (takesFractions() && isFraction(value));
      case Flags.PHP_JSON -> form == PayloadType.JSON;
      default -> false;
    };
  }

  private boolean takesFractions() {
    return form == PayloadType.TEXT || form == PayloadType.JSON;
  }

  /** memcached leaves a blank behind when it counts down from 10 to 9. */
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
            .formatted(Integer.toUnsignedLong(flags), Flags.describe(flags), form),
        null);
  }
}
