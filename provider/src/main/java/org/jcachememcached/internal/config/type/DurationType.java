package org.jcachememcached.internal.config.type;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Durations in a range, written with a unit or as in ISO-8601. Immutable.
 *
 * @param min the shortest allowed
 * @param max the longest allowed
 */
public record DurationType(Duration min, Duration max) implements ValueType<Duration> {

  private static final Pattern WITH_UNIT =
      Pattern.compile("(?<amount>\\d{1,9})\\s*(?<unit>[a-z]+)");

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
      return Duration.of(Long.parseLong(withUnit.group("amount")), unit(withUnit.group("unit")));
    }
    try {
      return Duration.parse(text);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("no duration", e);
    }
  }

  private static ChronoUnit unit(String word) {
    return switch (word) {
      case "ms", "millisecond", "milliseconds" -> ChronoUnit.MILLIS;
      case "s", "second", "seconds" -> ChronoUnit.SECONDS;
      case "m", "min", "minute", "minutes" -> ChronoUnit.MINUTES;
      case "h", "hour", "hours" -> ChronoUnit.HOURS;
      case "d", "day", "days" -> ChronoUnit.DAYS;
      default -> throw new IllegalArgumentException(word + " is no unit");
    };
  }

  @Override
  public String allowed() {
    return ("a duration from %s to %s, written like 500ms, 30s, 5m, 12h, 7d, 250 ms, 30 seconds,"
            + " 5 minutes, 1 hour, 2 days or PT0.5S")
        .formatted(withUnit(min), withUnit(max));
  }

  private static String withUnit(Duration duration) {
    long millis = duration.toMillis();
    if (millis % 1000 != 0) {
      return millis + "ms";
    }
    long seconds = duration.toSeconds();
    if (seconds % 60 != 0 || seconds == 0) {
      return seconds + "s";
    }
    long minutes = duration.toMinutes();
    if (minutes % 60 != 0) {
      return minutes + "m";
    }
    long hours = duration.toHours();
    return hours % 24 != 0 ? hours + "h" : duration.toDays() + "d";
  }
}
