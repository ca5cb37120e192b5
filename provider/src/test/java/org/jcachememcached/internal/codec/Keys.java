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
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.jspecify.annotations.Nullable;
import org.jsr107.ri.annotations.DefaultGeneratedCacheKey;

/** Keys of all kinds for the property tests, from a domain so small that many are equal. */
final class Keys {

  record Point(int x, @Nullable Object y) implements Serializable {}

  /** What an application's own key class looks like. */
  static final class CustomerId implements Serializable {
    private static final long serialVersionUID = 1L;
    private final String region;
    private final String name;
    private final Long number;

    CustomerId(String region, String name, Long number) {
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

  static Arbitrary<Object> any() {
    return Arbitraries.lazyOf(Keys::scalars, Keys::scalars, () -> composite(any()));
  }

  @SuppressWarnings("JavaUtilDate")
  private static Arbitrary<Object> scalars() {
    Arbitrary<Integer> small = Arbitraries.integers().between(-2, 2);
    return Arbitraries.oneOf(
        strings().map(Object.class::cast),
        small.map(n -> n),
        small.map(n -> (long) n),
        small.map(n -> (short) (int) n),
        small.map(n -> (byte) (int) n),
        small.map(n -> (char) (n + '0')),
        small.map(n -> n / 2.0),
        small.map(n -> n / 2.0f),
        Arbitraries.of(0.0, -0.0, Double.NaN, Double.MIN_VALUE, 2.0E-3),
        Arbitraries.of(true, false),
        small.map(BigInteger::valueOf),
        small.map(n -> BigDecimal.valueOf(n * 10L, n)),
        small.map(n -> new UUID(n, n)),
        small.map(n -> new Date(n)),
        small.map(Instant::ofEpochMilli),
        small.map(LocalDate::ofEpochDay),
        small.map(Duration::ofSeconds),
        Arbitraries.of(TimeUnit.DAYS, TimeUnit.HOURS, DayOfWeek.MONDAY),
        Arbitraries.of(int.class, Integer.class, String[].class));
  }

  static Arbitrary<String> strings() {
    return Arbitraries.oneOf(
        Arbitraries.of("", "1", "true", "a b", "\r\n", "s.1", "\uD800", "\uDC00", "\uD83D\uDE00"),
        Arbitraries.strings().all().ofMaxLength(3),
        Arbitraries.of("x".repeat(300), "x".repeat(299) + "y"));
  }

  private static Arbitrary<Object> composite(Arbitrary<Object> part) {
    Arbitrary<List<Object>> parts = part.injectNull(0.1).list().ofMaxSize(3);
    return Arbitraries.oneOf(
        parts.map(list -> list),
        parts.map(LinkedHashSet::new),
        parts.map(Keys::toMap),
        parts.map(list -> new DefaultGeneratedCacheKey(list.toArray())),
        Combinators.combine(Arbitraries.integers().between(0, 1), part).as(Point::new),
        Combinators.combine(strings(), strings(), Arbitraries.longs().between(0, 1))
            .as(CustomerId::new));
  }

  private static Map<Object, Object> toMap(List<Object> parts) {
    Map<Object, Object> map = new LinkedHashMap<>();
    parts.forEach(part -> map.put(part, map.size()));
    return map;
  }

  /** An equal key made of other instances, other collection classes, in another order. */
  @SuppressWarnings("JavaUtilDate")
  static @Nullable Object rebuilt(@Nullable Object key) {
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
  static String fresh(String text) {
    return String.valueOf(text.toCharArray());
  }

  private static List<@Nullable Object> rebuiltAll(Iterable<?> parts) {
    List<@Nullable Object> rebuilt = new ArrayList<>();
    parts.forEach(part -> rebuilt.add(rebuilt(part)));
    return rebuilt;
  }

  static ClassLoader classLoader() {
    return Keys.class.getClassLoader();
  }
}
