package org.jcachememcached.internal.codec.canonical;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.Serializable;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Date;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jcachememcached.api.CodecException;
import org.jcachememcached.internal.codec.Codecs;
import org.jcachememcached.internal.codec.Keys;
import org.jcachememcached.internal.codec.Policies;
import org.jcachememcached.internal.codec.serialization.JavaSerialization;
import org.jcachememcached.internal.config.CacheSettings;
import org.jspecify.annotations.Nullable;
import org.jsr107.ri.annotations.DefaultGeneratedCacheKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.cache.interceptor.SimpleKey;

@SuppressWarnings("JavaUtilDate")
class CanonicalCodecTest {

  private final CanonicalCodec codec = Codecs.canonical();

  enum Planet {
    EARTH,
    MARS {
      @Override
      boolean inhabited() {
        return false;
      }
    };

    boolean inhabited() {
      return true;
    }
  }

  record Tree(String name, @Nullable Tree left, int @Nullable [] weights) {}

  record Checked(int positive) {
    Checked {
      if (positive < 0) {
        throw new IllegalArgumentException("negative: " + positive);
      }
    }
  }

  static Stream<Object> keys() {
    return Stream.of(
        "text",
        "lone \uD800 surrogate",
        true,
        'c',
        (byte) 1,
        (short) 2,
        3,
        4L,
        5.5f,
        6.5,
        new BigInteger("-123456789012345678901234567890"),
        new BigDecimal("1.50"),
        new UUID(1, 2),
        new Date(3),
        Instant.MAX,
        Instant.MIN,
        Duration.ofSeconds(Long.MIN_VALUE, 1),
        Period.of(1, -2, 3),
        LocalDate.MAX,
        LocalDate.MIN,
        LocalTime.MAX,
        LocalDateTime.MAX,
        OffsetTime.MIN,
        OffsetDateTime.MAX,
        ZonedDateTime.of(2026, 10, 25, 2, 30, 0, 1, ZoneId.of("Europe/Paris")),
        ZonedDateTime.of(2026, 10, 25, 2, 30, 0, 1, ZoneId.of("Europe/Paris"))
            .withLaterOffsetAtOverlap(),
        ZonedDateTime.of(2026, 10, 25, 2, 30, 0, 1, ZoneId.of("UTC+01:00")),
        ZonedDateTime.of(2026, 10, 25, 2, 30, 0, 1, ZoneOffset.ofHours(1)),
        Year.of(123_456),
        YearMonth.of(123_456, 7),
        MonthDay.of(2, 29),
        ZoneOffset.UTC,
        ZoneId.of("UTC"),
        TimeUnit.DAYS,
        Planet.EARTH,
        Planet.MARS,
        int.class,
        int[].class,
        String.class,
        Planet[][].class,
        Arrays.asList(1, null, List.of("nested")),
        Arrays.asList("1", null, List.of("nested")),
        EnumSet.of(Planet.MARS, Planet.EARTH),
        Map.of("a", 1, "b", List.of()),
        Map.of("a", List.of(), "b", 1),
        Map.entry("a", 1),
        Optional.empty(),
        Optional.of(1),
        new Keys.Point(1, "y"),
        new Keys.CustomerId("eu", "eu", 1L),
        new Checked(1),
        new Tree("root", new Tree("leaf", null, null), null),
        new DefaultGeneratedCacheKey(new Object[] {"a", 1, null, Planet.EARTH, new int[] {1}}),
        new DefaultGeneratedCacheKey(new Object[0]),
        new SimpleKey("a", 1, null, Planet.EARTH, new int[] {1}),
        SimpleKey.EMPTY,
        Collections.nCopies(1_000, "many"));
  }

  @ParameterizedTest
  @MethodSource("keys")
  void comesBack(Object key) {
    Object decoded = codec.decode(codec.encode(key));

    assertThat(decoded).isEqualTo(key);
    assertThat(codec.encode(decoded)).isEqualTo(codec.encode(key));
  }

  @Test
  void theseAreAllDifferent() {
    assertThat(keys().map(key -> Arrays.toString(codec.encode(key)))).doesNotHaveDuplicates();
  }

  static Stream<Arguments> arrays() {
    return Stream.<Object>of(
            new byte[] {1},
            new boolean[] {true, false},
            new char[] {'a'},
            new short[] {1},
            new int[] {1, -1},
            new long[] {1},
            new float[] {1},
            new double[] {Double.NaN, -0.0},
            new int[][] {{1}, {}},
            new String[] {"a", null},
            new Object[] {"a", new Object[] {1}},
            new Planet[] {Planet.MARS},
            new int[0],
            new long[0],
            new Object[0])
        .map(array -> arguments(array));
  }

  @ParameterizedTest
  @MethodSource("arrays")
  void arraysCountByTheirContent(Object array) {
    Object decoded = codec.decode(codec.encode(array));

    assertThat(decoded).hasSameClassAs(array);
    assertThat(Objects.deepEquals(decoded, array)).isTrue();
    assertThat(codec.encode(decoded)).isEqualTo(codec.encode(array));
  }

  @Test
  void differentArraysAreDifferent() {
    assertThat(arrays().map(array -> Arrays.toString(codec.encode(array.get()[0]))))
        .doesNotHaveDuplicates();
  }

  @Test
  void theImplementationOfACollectionDoesNotCount() {
    assertMeet(List.of(1, 2), new CopyOnWriteArrayList<>(List.of(1, 2)));
    assertMeet(EnumSet.allOf(Planet.class), new TreeSet<>(List.of(Planet.MARS, Planet.EARTH)));
    assertMeet(Map.of(1, 2, 3, 4), new TreeMap<>(Map.of(3, 4, 1, 2)));
    assertMeet(Map.entry(1, 2), Map.of(1, 2).entrySet().iterator().next());
  }

  @Test
  void generatedKeysMeetWhereverTheirPartsComeFrom() {
    String shared = "p";
    assertMeet(
        new DefaultGeneratedCacheKey(new Object[] {shared, shared, 1_000}),
        new DefaultGeneratedCacheKey(new Object[] {"p", Keys.fresh("p"), 1_000}));
    // Arrays.deepEquals decides, and it does not look at the type of nested arrays.
    assertMeet(
        new SimpleKey("a", new Object[] {"b", new Object[] {"c"}}),
        new SimpleKey("a", new Object[] {"b", new String[] {"c"}}));
  }

  @Test
  void sharingWithinASerializedKeyDoesNotCount() {
    String shared = "shared";
    Long number = 1_000L;
    assertMeet(
        new Wrapped(shared, shared, number, number, new Date(1)),
        new Wrapped(Keys.fresh("shared"), shared, Long.valueOf("1000"), number, new Date(1)));
  }

  /** Serialized, and full of parts that may or may not be the same instance. */
  static final class Wrapped extends Parts {
    private static final long serialVersionUID = 1L;

    Wrapped(Object... parts) {
      super(parts);
    }
  }

  abstract static class Parts implements Serializable {
    private static final long serialVersionUID = 1L;
    private final Object[] parts;

    Parts(Object... parts) {
      this.parts = parts;
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Parts that && Arrays.deepEquals(parts, that.parts);
    }

    @Override
    public int hashCode() {
      return Arrays.deepHashCode(parts);
    }
  }

  @Test
  void aSerializedKeyComesBack() {
    Wrapped key = new Wrapped("a", "a", new Date(1), new Date(1), 1.5);

    assertThat(codec.decode(codec.encode(key))).isEqualTo(key);
  }

  @Test
  void aCollectionThatContainsItselfIsRefused() {
    List<Object> list = new ArrayList<>();
    list.add(list);

    assertThatThrownBy(() -> codec.encode(list))
        .isInstanceOf(CodecException.class)
        .hasMessageContaining("contains itself");
  }

  @Test
  void anEndlesslyNestedFormIsRefused() {
    byte[] lists = new byte[200_000];
    for (int i = 0; i < lists.length; i += 2) {
      lists[i] = 0x40;
      lists[i + 1] = 1;
    }

    assertThatThrownBy(() -> codec.decode(lists)).isInstanceOf(CodecException.class);
  }

  @Test
  void theConstructorOfARecordStillChecks() {
    byte[] bytes = codec.encode(new Checked(1));
    bytes[bytes.length - 4] = -1;

    assertThatThrownBy(() -> codec.decode(bytes))
        .isInstanceOf(CodecException.class)
        .hasMessageContaining("negative");
  }

  @Test
  void aRecordWhoseComponentsHaveChangedIsRefused() {
    byte[] bytes = codec.encode(new Checked(1));
    bytes[bytes.length - 6]++;

    assertThatThrownBy(() -> codec.decode(bytes))
        .isInstanceOf(CodecException.class)
        .hasMessageContaining("other components");
  }

  @Test
  void aClassOutsideOfTheFilterIsWrittenAndNotRead() {
    JavaSerialization strict =
        new JavaSerialization(
            Keys::classLoader,
            Policies.with(
                CacheSettings.DESERIALIZATION_FILTER,
                "!%s;!%s".formatted(Planet.class.getName(), Checked.class.getName())));
    CanonicalCodec filtered = new CanonicalCodec(strict);

    for (Object key : List.of(Planet.EARTH, new Checked(1), new Wrapped(Planet.EARTH))) {
      assertThatThrownBy(() -> filtered.decode(codec.encode(key)))
          .isInstanceOf(CodecException.class)
          .hasMessageContaining("refused the class");
      assertThat(filtered.encode(key)).isEqualTo(codec.encode(key));
    }
  }

  private void assertMeet(Object one, Object other) {
    assertThat(one).isEqualTo(other);
    assertThat(codec.encode(one)).isEqualTo(codec.encode(other));
  }
}
