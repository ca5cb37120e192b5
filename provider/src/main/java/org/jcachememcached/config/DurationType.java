package org.jcachememcached.config;

import java.time.DateTimeException;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Durations in a range, written with a unit or as in ISO-8601. Immutable.
 *
 * @param min the shortest allowed
 * @param max the longest allowed
 */
record DurationType(Duration min, Duration max) implements ValueType<Duration> {

  private static final Pattern WITH_UNIT = Pattern.compile("(\\d{1,9})\\s*(ms|s|m|h)");

  @Override
  public Duration parse(String text) {
    Duration value = parseAny(text.strip());
    if (value.compareTo(min) < 0 || value.compareTo(max) > 0) {
      throw new IllegalArgumentException(value + " is out of range");
    }
    return value;
  }

  private static Duration parseAny(String text) {
    Matcher withUnit = WITH_UNIT.matcher(text);
    if (withUnit.matches()) {
      return ofUnit(Long.parseLong(withUnit.group(1)), withUnit.group(2));
    }
    try {
      return Duration.parse(text);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("no duration", e);
    }
  }

  private static Duration ofUnit(long amount, String unit) {
    return switch (unit) {
      case "ms" -> Duration.ofMillis(amount);
      case "s" -> Duration.ofSeconds(amount);
      case "m" -> Duration.ofMinutes(amount);
      default -> Duration.ofHours(amount);
    };
  }

  @Override
  public String allowed() {
    return "a duration from %s to %s, written like 500ms, 2s, 1m or PT0.5S"
        .formatted(withUnit(min), withUnit(max));
  }

  private static String withUnit(Duration duration) {
    long millis = duration.toMillis();
    if (millis % 1000 != 0) {
      return millis + "ms";
    }
    long seconds = duration.toSeconds();
    return seconds % 60 != 0 || seconds == 0 ? seconds + "s" : duration.toMinutes() + "m";
  }
}
