package org.jcachememcached.internal.store;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.jcachememcached.internal.store.Command.Count;
import org.jcachememcached.internal.store.Command.Count.Direction;

/** Counts as memcached does, in unsigned numbers of 64 bits in decimal digits. Stateless. */
public final class UnsignedNumber {

  private static final Pattern FORM = Pattern.compile("\\d{1,20} *");

  private UnsignedNumber() {}

  /** Whether the data of an item is a number. */
  public static boolean isNumber(byte[] data) {
    String text = text(data);
    if (!FORM.matcher(text).matches()) {
      return false;
    }
    try {
      long unused = parse(text);
      return true;
    } catch (NumberFormatException tooLarge) {
      return false;
    }
  }

  /** What counting in that number gives; unsigned. */
  public static long result(byte[] data, Count count) {
    long number = parse(text(data));
    if (count.direction() == Direction.UP) {
      return number + count.delta();
    }
    return Long.compareUnsigned(count.delta(), number) > 0 ? 0 : number - count.delta();
  }

  /** The data of an item that is that number. */
  public static byte[] digits(long number) {
    return Long.toUnsignedString(number).getBytes(StandardCharsets.ISO_8859_1);
  }

  private static long parse(String text) {
    return Long.parseUnsignedLong(text.strip());
  }

  private static String text(byte[] data) {
    return new String(data, StandardCharsets.ISO_8859_1);
  }
}
