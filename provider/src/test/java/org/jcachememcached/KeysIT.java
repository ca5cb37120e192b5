package org.jcachememcached;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.Serializable;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Date;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import javax.cache.Cache;
import javax.cache.configuration.MutableConfiguration;
import org.jcachememcached.testing.MemcachedServer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Any serializable key works: a cache answers as a {@link HashMap} does. */
class KeysIT {

  private static final int OPERATIONS = 4_000;

  record Point(int x, @Nullable String label) implements Serializable {}

  /** A key class as applications write them. */
  static final class Isbn implements Serializable {
    private static final long serialVersionUID = 1L;
    private final String digits;
    private final long edition;

    Isbn(String digits, long edition) {
      this.digits = digits;
      this.edition = edition;
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Isbn that && digits.equals(that.digits) && edition == that.edition;
    }

    @Override
    public int hashCode() {
      return 31 * digits.hashCode() + Long.hashCode(edition);
    }

    @Override
    public String toString() {
      return "ISBN " + digits + "/" + edition;
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void aCacheIsAMap(long seed) {
    try (MemcachedServer server = MemcachedServer.start();
        MemcachedCachingProvider provider = new MemcachedCachingProvider()) {
      Cache<Object, Integer> cache =
          provider
              .getCacheManager(
                  URI.create("memcached://" + server.address() + "/?timeout=10s"), null)
              .createCache("any (keys)\r\n", new MutableConfiguration<Object, Integer>());
      Map<Object, Integer> map = new HashMap<>();
      Random random = new Random(seed);
      for (int i = 0; i < OPERATIONS; i++) {
        applyToBoth(random, cache, map, "operation " + i + " of seed " + seed);
      }
      assertThat(contentOf(cache)).as("content after seed %d", seed).isEqualTo(map);
    }
  }

  private static void applyToBoth(
      Random random, Cache<Object, Integer> cache, Map<Object, Integer> map, String moment) {
    long keySeed = random.nextLong();
    // Equal keys, but not the same objects.
    Object key = key(new Random(keySeed));
    Object mapKey = byContent(key(new Random(keySeed)));
    String description = moment + " on " + abbreviated(mapKey);
    switch (random.nextInt(7)) {
      case 0, 1 -> {
        int value = random.nextInt();
        cache.put(key, value);
        map.put(mapKey, value);
      }
      case 2 -> assertThat(cache.get(key)).as(description).isEqualTo(map.get(mapKey));
      case 3 -> assertThat(cache.remove(key)).as(description).isEqualTo(map.remove(mapKey) != null);
      case 4 ->
          assertThat(cache.containsKey(key)).as(description).isEqualTo(map.containsKey(mapKey));
      case 5 -> assertThat(cache.getAndPut(key, 5)).as(description).isEqualTo(map.put(mapKey, 5));
      default -> getAllFromBoth(random, cache, map, description);
    }
  }

  private static void getAllFromBoth(
      Random random, Cache<Object, Integer> cache, Map<Object, Integer> map, String description) {
    Map<Object, Integer> expected = new HashMap<>();
    Set<Object> keys = new HashSet<>();
    for (int i = 0; i < 20; i++) {
      Object key = key(random);
      Integer value = map.get(byContent(key));
      if (!(key instanceof byte[])) {
        keys.add(key);
        if (value != null) {
          expected.put(key, value);
        }
      }
    }
    assertThat(cache.getAll(keys)).as(description).isEqualTo(expected);
  }

  private static Map<Object, Integer> contentOf(Cache<Object, Integer> cache) {
    Map<Object, Integer> content = new HashMap<>();
    for (Cache.Entry<Object, Integer> entry : cache) {
      Integer before = content.put(byContent(entry.getKey()), entry.getValue());
      assertThat(before).as("a second entry of %s", abbreviated(entry.getKey())).isNull();
    }
    return content;
  }

  /** Arrays are equal by content to the cache, but not to a map. */
  private static Object byContent(Object key) {
    return key instanceof byte[] bytes ? ByteBuffer.wrap(bytes) : key;
  }

  private static String abbreviated(Object key) {
    String text = key instanceof byte[] bytes ? Arrays.toString(bytes) : key.toString();
    String type = key.getClass().getSimpleName() + " ";
    return type + (text.length() > 100 ? text.substring(0, 100) + "..." : text);
  }

  /** From a domain so small that the same keys come again, with neighbours that look like them. */
  @SuppressWarnings("JavaUtilDate")
  private static Object key(Random random) {
    int n = 41 + random.nextInt(3);
    return switch (random.nextInt(22)) {
      case 0 -> n;
      case 1 -> (long) n;
      case 2 -> (short) n;
      case 3 -> (byte) n;
      case 4 -> (double) n;
      case 5 -> (float) n;
      case 6 -> (char) n;
      case 7 -> Integer.toString(n);
      case 8 -> BigInteger.valueOf(n);
      case 9 -> BigDecimal.valueOf(n, n % 2);
      case 10 -> text(random);
      case 11 -> text(random) + text(random);
      case 12 -> new UUID(n, n);
      case 13 -> random.nextBoolean() ? DayOfWeek.MONDAY : TimeUnit.DAYS;
      case 14 -> new Point(n, random.nextBoolean() ? null : text(random));
      case 15 -> new ArrayList<>(List.of(n, (long) n, text(random)));
      case 16 -> new LinkedHashSet<>(shuffled(random, List.of(n, (long) n, "x", DayOfWeek.FRIDAY)));
      case 17 -> text(random).getBytes(StandardCharsets.UTF_8);
      case 18 -> new Date(n);
      case 19 -> random.nextBoolean() ? Instant.ofEpochMilli(n) : LocalDate.ofEpochDay(n);
      case 20 -> new Isbn(text(random), n);
      default -> new HashMap<>(Map.of(n, text(random)));
    };
  }

  private static String text(Random random) {
    return switch (random.nextInt(12)) {
      case 0 -> "";
      case 1 -> " ";
      case 2 -> "two words";
      case 3 -> "line\r\nbreak";
      case 4 -> "get a\r\nset b 0 0 0\r\n\r\n";
      case 5 -> "\uD800";
      case 6 -> "\uDC00";
      case 7 -> "\uD83D\uDE00 \u00E4\u4E2D";
      case 8 -> "\u0000";
      case 9 -> "x".repeat(10_000);
      case 10 -> "x".repeat(9_999) + "y";
      default -> "s.42";
    };
  }

  private static List<Object> shuffled(Random random, List<Object> list) {
    List<Object> copy = new ArrayList<>(list);
    Collections.shuffle(copy, random);
    return copy;
  }
}
