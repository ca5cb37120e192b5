package org.jcachememcached.internal.codec;

import java.io.Serializable;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Date;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.jcachememcached.testing.Samples;
import org.jspecify.annotations.Nullable;
import org.jsr107.ri.annotations.DefaultGeneratedCacheKey;

/** Keys of all kinds for the property tests, from a domain so small that many are equal. */
public final class Keys {

  /** A record of an application. */
  public record Point(int x, @Nullable Object y) implements Serializable {}

  /** What an application's own key class looks like. */
  public static final class CustomerId implements Serializable {
    private static final long serialVersionUID = 1L;
    private final String region;
    private final String name;
    private final Long number;

    public CustomerId(String region, String name, Long number) {
      this.region = region;
      this.name = name;
      this.number = number;
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof CustomerId that
          && region.equals(that.region)
          && name.equals(that.name)
          && number.equals(that.number);
    }

    @Override
    public int hashCode() {
      return region.hashCode() + 31 * name.hashCode() + number.hashCode();
    }

    @Override
    public String toString() {
      return region + "/" + name + "/" + number;
    }
  }

  private Keys() {}

  /** A key that contains others in one of three cases. */
  public static Object any(Samples samples) {
    return samples.<Object>oneOf(Keys::scalar, Keys::scalar, Keys::composite);
  }

  @SuppressWarnings("JavaUtilDate")
  private static Object scalar(Samples samples) {
    return samples.<Object>oneOf(
        Keys::string,
        Keys::small,
        s -> (long) small(s),
        s -> (short) small(s),
        s -> (byte) small(s),
        s -> (char) (small(s) + '0'),
        s -> small(s) / 2.0,
        s -> small(s) / 2.0f,
        s -> s.of(0.0, -0.0, Double.NaN, Double.MIN_VALUE, 2.0E-3),
        Samples::anyBoolean,
        s -> BigInteger.valueOf(small(s)),
        s -> bigDecimal(small(s)),
        s -> uuid(small(s)),
        s -> new Date(small(s)),
        s -> Instant.ofEpochMilli(small(s)),
        s -> LocalDate.ofEpochDay(small(s)),
        s -> Duration.ofSeconds(small(s)),
        s -> s.of(TimeUnit.DAYS, TimeUnit.HOURS, DayOfWeek.MONDAY),
        s -> s.of(int.class, Integer.class, String[].class));
  }

  private static int small(Samples samples) {
    return samples.between(-2, 2);
  }

  private static BigDecimal bigDecimal(int number) {
    return BigDecimal.valueOf(number * 10L, number);
  }

  private static UUID uuid(int number) {
    return new UUID(number, number);
  }

  /** A string, one of few as a rule. */
  public static String string(Samples samples) {
    return samples.oneOf(
        s -> s.of("", "1", "true", "a b", "\r\n", "s.1", "\uD800", "\uDC00", "\uD83D\uDE00"),
        s -> s.text(3),
        s -> s.of("x".repeat(300), "x".repeat(299) + "y"));
  }

  private static Object composite(Samples samples) {
    return samples.<Object>oneOf(
        Keys::parts,
        s -> new LinkedHashSet<>(parts(s)),
        s -> toMap(parts(s)),
        s -> new DefaultGeneratedCacheKey(parts(s).toArray()),
        s -> new Point(s.between(0, 1), any(s)),
        s -> new CustomerId(string(s), string(s), (long) s.between(0, 1)));
  }

  private static List<@Nullable Object> parts(Samples samples) {
    return samples.<@Nullable Object>list(3, s -> s.between(0, 9) == 0 ? null : any(s));
  }

  private static Map<@Nullable Object, Object> toMap(List<@Nullable Object> parts) {
    Map<@Nullable Object, Object> map = new LinkedHashMap<>();
    parts.forEach(part -> map.put(part, map.size()));
    return map;
  }

  /** An equal key made of other instances, other collection classes, in another order. */
  @SuppressWarnings("JavaUtilDate")
  public static @Nullable Object rebuilt(@Nullable Object key) {
    if (key instanceof String text) {
      return fresh(text);
    } else if (key instanceof Long number) {
      return Long.valueOf(number.toString());
    } else if (key instanceof UUID uuid) {
      return new UUID(uuid.getMostSignificantBits(), uuid.getLeastSignificantBits());
    } else if (key instanceof Date date) {
      return new Date(date.getTime());
    } else if (key instanceof List<?> list) {
      return new CopyOnWriteArrayList<>(rebuiltAll(list));
    } else if (key instanceof Set<?> set) {
      List<@Nullable Object> elements = rebuiltAll(set);
      Collections.reverse(elements);
      Set<@Nullable Object> other = new HashSet<>(64);
      other.addAll(elements);
      return other;
    } else if (key instanceof Map<?, ?> map) {
      Map<@Nullable Object, @Nullable Object> other = new HashMap<>(64);
      map.forEach((k, v) -> other.put(rebuilt(k), rebuilt(v)));
      return other;
    } else if (key instanceof Point point) {
      return new Point(point.x(), rebuilt(point.y()));
    } else if (key instanceof CustomerId id) {
      // Where the parts are equal, they are one instance here.
      String region = fresh(id.region);
      String name = id.name.equals(region) ? region : fresh(id.name);
      return new CustomerId(region, name, Long.valueOf(id.number.toString()));
    }
    return key;
  }

  /** An equal string that is another instance. */
  public static String fresh(String text) {
    return String.valueOf(text.toCharArray());
  }

  private static List<@Nullable Object> rebuiltAll(Iterable<?> parts) {
    List<@Nullable Object> rebuilt = new ArrayList<>();
    parts.forEach(part -> rebuilt.add(rebuilt(part)));
    return rebuilt;
  }

  public static ClassLoader classLoader() {
    return Keys.class.getClassLoader();
  }
}
