package org.jcachememcached.internal.config.type;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Numbers of bytes in a range, with or without a unit. Immutable.
 *
 * @param min the least allowed, in bytes
 * @param max the greatest allowed, in bytes
 */
public record SizeType(long min, long max) implements ValueType<Long> {

  private static final Pattern WITH_UNIT = Pattern.compile("(\\d{1,12})\\s*(KiB|MiB|GiB|)");

  @Override
  public Long parse(String text) {
    Matcher parts = WITH_UNIT.matcher(text.strip());
    if (!parts.matches()) {
      throw new IllegalArgumentException("no size");
    }
    long value = Long.parseLong(parts.group(1)) << shift(parts.group(2));
    if (value < min || value > max) {
      throw new IllegalArgumentException(value + " is out of range");
    }
    return value;
  }

  private static int shift(String unit) {
    return switch (unit) {
      case "KiB" -> 10;
      case "MiB" -> 20;
      case "GiB" -> 30;
      default -> 0;
    };
  }

  @Override
  public String allowed() {
    return "a number of bytes from %s to %s, written like 65536, 64KiB, 64MiB or 1GiB"
        .formatted(withUnit(min), withUnit(max));
  }

  private static String withUnit(long bytes) {
    if (bytes >= 1L << 30 && bytes % (1L << 30) == 0) {
      return (bytes >> 30) + "GiB";
    }
    return bytes >= 1L << 20 && bytes % (1L << 20) == 0 ? (bytes >> 20) + "MiB" : "" + bytes;
  }
}
