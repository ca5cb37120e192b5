package org.jcachememcached;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Currency;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.configuration.MutableConfiguration;
import org.jcachememcached.testing.MemcachedServer;
import org.jcachememcached.testing.TextClient;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Values of all kinds and sizes, up to what the server takes and no byte further. */
class ValuesIT {

  private static final Pattern TOO_LARGE =
      Pattern.compile("takes (\\d+) bytes, but memcached at \\S+ takes at most (\\d+) ");

  private static MemcachedServer server;

  private MemcachedCachingProvider provider;
  private Cache<String, Object> cache;

  /** A value class that only some class loaders know. */
  record Note(String text) implements Serializable {}

  @BeforeAll
  static void startServer() {
    server = MemcachedServer.start("-I", "2m");
  }

  @AfterAll
  static void stopServer() {
    server.close();
  }

  @BeforeEach
  void createCache() {
    provider = new MemcachedCachingProvider();
    cache = create(provider, ValuesIT.class.getClassLoader());
  }

  private static Cache<String, Object> create(
      MemcachedCachingProvider provider, ClassLoader classLoader) {
    String uri = "memcached://" + server.address() + "/?timeout=5s&on.failure=throw";
    return provider
        .getCacheManager(URI.create(uri), classLoader)
        .createCache("values", new MutableConfiguration<String, Object>());
  }

  @AfterEach
  void closeProvider() {
    provider.close();
  }

  @Test
  void bytesOfAllSizesComeBack() {
    int largest = largest("k");
    for (int size : List.of(0, 1, 1_000, 16_384, 65_536, 1_000_000, largest - 1, largest)) {
      byte[] value = bytes(size);
      cache.put("k", value);
      assertThat(cache.get("k")).as("%d bytes", size).isEqualTo(value);
    }
  }

  @Test
  void oneByteMoreIsRefusedBeforeItIsSent() {
    int largest = largest("k");
    cache.put("k", bytes(largest));
    Map<String, String> before = server.stats();

    assertThatThrownBy(() -> cache.put("k", bytes(largest + 1)))
        .isInstanceOf(CacheException.class)
        .hasMessageContaining("'values'")
        .hasMessageContaining(server.address())
        .hasMessageContaining("takes at most 2097152 (its option -I)");

    Map<String, String> after = server.stats();
    assertThat(after).containsEntry("cmd_set", before.get("cmd_set"));
    assertThat(received(after) - received(before)).isLessThan(10_000);
    assertThat(cache.get("k")).as("the older value").isNull();
  }

  @Test
  void theLimitIsTheServersOwn() {
    int largest = largest("k");
    // As long as the key that the refusal names.
    String wireKey = ":values:s.k";
    try (TextClient raw = new TextClient(server.socketAddress())) {
      raw.command("flush_all");
      raw.send("set " + wireKey + " 1 0 " + largest + "\r\n" + "x".repeat(largest) + "\r\n");
      assertThat(raw.readLine()).isEqualTo("STORED");
      raw.send(
          "set " + wireKey + " 1 0 " + (largest + 1) + "\r\n" + "x".repeat(largest + 1) + "\r\n");
      assertThat(raw.readLine()).isEqualTo("SERVER_ERROR object too large for cache");
    }
  }

  @Test
  void theConnectionSurvivesARefusal() {
    int largest = largest("k");
    cache.put("other", "stays");
    Map<String, String> before = server.stats();
    for (int i = 0; i < 10; i++) {
      assertThatThrownBy(() -> cache.put("k", bytes(largest + 1)))
          .isInstanceOf(CacheException.class);
      assertThatThrownBy(() -> cache.getAndPut("other", bytes(3 << 20)))
          .isInstanceOf(CacheException.class);
      cache.put("other", "stays");
    }
    assertThat(cache.get("other")).isEqualTo("stays");
    // The statistics themselves are asked for on one more connection.
    assertThat(count(server.stats(), "total_connections"))
        .isEqualTo(count(before, "total_connections") + 1);
  }

  @Test
  void aBulkPutStoresWhatFits() {
    cache.put("large", "older");
    assertThatThrownBy(
            () -> cache.putAll(Map.of("a", "x", "large", bytes(3 << 20), "b", bytes(1 << 20))))
        .isInstanceOf(CacheException.class)
        .hasMessageContaining("takes at most");
    assertThat(cache.get("a")).isEqualTo("x");
    assertThat(cache.get("b")).isEqualTo(bytes(1 << 20));
    assertThat(cache.get("large")).isNull();
  }

  @Test
  void whatCannotBeSerializedIsRefusedAndLeavesNoOlderValue() {
    List<Object> unserializable =
        List.of(new Object(), Optional.of(1), new ArrayList<>(List.of(new Object())));
    for (Object value : unserializable) {
      cache.put("k", "older");
      assertThatThrownBy(() -> cache.put("k", value))
          .isInstanceOf(CacheException.class)
          .hasMessageContaining(value.getClass().getName())
          .hasMessageContaining("not java.io.Serializable");
      assertThat(cache.get("k")).isNull();
    }
  }

  @SuppressWarnings("JavaUtilDate")
  static List<Object> standardValues() {
    Instant instant = Instant.parse("2026-02-03T04:05:06.123456789Z");
    return List.of(
        "",
        "text",
        "\uD800 \uD83D\uDE00 \r\n \u0000",
        'c',
        true,
        (byte) -1,
        Short.MIN_VALUE,
        Integer.MIN_VALUE,
        Long.MIN_VALUE,
        -0.0f,
        Double.NaN,
        new BigInteger("-123456789012345678901234567890"),
        new BigDecimal("1.500"),
        new UUID(1, -1),
        new Date(1),
        instant,
        Duration.ofNanos(-1),
        LocalDate.EPOCH,
        LocalTime.NOON,
        LocalDateTime.MIN,
        OffsetDateTime.ofInstant(instant, ZoneOffset.ofHours(2)),
        ZonedDateTime.ofInstant(instant, ZoneId.of("Europe/Paris")),
        DayOfWeek.FRIDAY,
        Locale.GERMANY,
        Currency.getInstance("EUR"),
        URI.create("http://example.org/?a=b"),
        List.of(1, "two", List.of(3L)),
        Arrays.asList(1, null),
        Set.of("a", "b"),
        Map.of("a", 1),
        new int[] {1, 2},
        new String[] {"a", null},
        new Note("kept"));
  }

  @ParameterizedTest
  @MethodSource("standardValues")
  void standardValuesComeBack(Object value) {
    cache.put("k", value);
    assertThat(cache.get("k")).isEqualTo(value).hasSameClassAs(value);
  }

  @Test
  void aValueIsOfTheClassThatTheManagersLoaderKnows() throws Exception {
    ClassLoader own = new NoteLoader();
    Class<?> ownNote = own.loadClass(Note.class.getName());
    var constructor = ownNote.getDeclaredConstructor(String.class);
    constructor.setAccessible(true);
    Object value = constructor.newInstance("from elsewhere");

    Cache<String, Object> ownCache = create(provider, own);
    ownCache.put("k", value);

    assertThat(ownCache.get("k")).isEqualTo(value).isInstanceOf(ownNote);
    assertThat(cache.get("k")).isEqualTo(new Note("from elsewhere"));
  }

  @Test
  void aClassThatTheManagersLoaderDoesNotKnowIsNamed() {
    cache.put("k", new Note("unknown there"));
    ClassLoader platform = ClassLoader.getPlatformClassLoader();
    Cache<String, Object> foreign = create(provider, platform);
    ClassLoader before = Thread.currentThread().getContextClassLoader();
    Thread.currentThread().setContextClassLoader(platform);
    try {
      assertThatThrownBy(() -> foreign.getAndPut("k", "v"))
          .isInstanceOf(CacheException.class)
          .hasMessageContaining(Note.class.getName())
          .hasMessageContaining("unknown to the cache manager's class loader");
    } finally {
      Thread.currentThread().setContextClassLoader(before);
    }
  }

  /** Defines {@link Note} once more. */
  private static final class NoteLoader extends ClassLoader {

    NoteLoader() {
      super(ValuesIT.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      synchronized (getClassLoadingLock(name)) {
        Class<?> known = findLoadedClass(name);
        if (known == null && name.equals(Note.class.getName())) {
          byte[] bytes = read(name.replace('.', '/') + ".class");
          return defineClass(name, bytes, 0, bytes.length);
        }
        return known != null ? known : super.loadClass(name, resolve);
      }
    }

    private byte[] read(String resource) {
      try (InputStream in = getParent().getResourceAsStream(resource)) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        in.transferTo(bytes);
        return bytes.toByteArray();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** The size of the largest value below a key, as the message of a rejection states it. */
  private int largest(String key) {
    int size = 3 << 20;
    try {
      cache.put(key, bytes(size));
      throw new AssertionError(size + " bytes were stored");
    } catch (CacheException e) {
      Matcher numbers = TOO_LARGE.matcher(e.getMessage());
      assertThat(numbers.find()).as(e.getMessage()).isTrue();
      return size - (Integer.parseInt(numbers.group(1)) - Integer.parseInt(numbers.group(2)));
    }
  }

  private static byte[] bytes(int size) {
    byte[] bytes = new byte[size];
    new Random(size).nextBytes(bytes);
    return bytes;
  }

  private static long received(Map<String, String> stats) {
    return count(stats, "bytes_read");
  }

  private static long count(Map<String, String> stats, String name) {
    return Long.parseLong(stats.get(name));
  }
}
