package org.jcachememcached.internal.engine;

import static java.util.concurrent.TimeUnit.MINUTES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.jcachememcached.api.EntryOptions.expireAfter;
import static org.jcachememcached.testing.FailingStore.any;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.cache.CacheException;
import javax.cache.configuration.MutableCacheEntryListenerConfiguration;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.event.CacheEntryRemovedListener;
import javax.cache.expiry.AccessedExpiryPolicy;
import javax.cache.expiry.CreatedExpiryPolicy;
import javax.cache.expiry.Duration;
import javax.cache.expiry.ExpiryPolicy;
import javax.cache.expiry.ModifiedExpiryPolicy;
import org.jcachememcached.MemcachedCache;
import org.jcachememcached.MemcachedConfiguration;
import org.jcachememcached.TestCaches;
import org.jcachememcached.api.ItemFormat;
import org.jcachememcached.api.MemcachedStatisticsMXBean;
import org.jcachememcached.internal.store.Command;
import org.jcachememcached.internal.store.Item;
import org.jcachememcached.internal.store.Reply;
import org.jcachememcached.internal.store.StoreException.Reason;
import org.jcachememcached.internal.store.StoredItem;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How counting is made of commands, and what becomes of it when they fail. */
class CountingTest {

  private final TestCaches caches = new TestCaches();

  @AfterEach
  void close() {
    caches.close();
  }

  /** A call to a cache. */
  private interface Use extends Consumer<MemcachedCache<String, Long>> {}

  static Stream<Arguments> commands() {
    Duration hour = Duration.ONE_HOUR;
    MutableConfiguration<String, Long> created =
        longs().setExpiryPolicyFactory(CreatedExpiryPolicy.factoryOf(hour));
    MutableConfiguration<String, Long> accessed =
        longs().setExpiryPolicyFactory(AccessedExpiryPolicy.factoryOf(hour));
    MutableConfiguration<String, Long> modified =
        longs().setExpiryPolicyFactory(ModifiedExpiryPolicy.factoryOf(hour));
    MutableConfiguration<String, Long> observed = observed();
    Use counting = cache -> cache.increment("counted", 1);
    Use creating = cache -> cache.increment("absent", 1, 1);
    Use ofPut = cache -> cache.increment("put", 1);
    return Stream.of(
        row("eternal", longs(), counting, "Count"),
        row("eternal, absent", longs(), cache -> cache.decrement("absent", 1), "Count"),
        row("eternal, creating", longs(), creating, "Count"),
        row("eternal, put", longs(), ofPut, "Count"),
        row("statistics", longs().setStatisticsEnabled(true), creating, "Count"),
        row("created", created, counting, "Count"),
        row("created, creating", created, creating, "Count"),
        // There is a deadline before the digits.
        row("created, put", created, ofPut, "Count", "Get", "CompareAndSet"),
        row(
            "created, put, again",
            created,
            ofPut.andThen(ofPut)::accept,
            "Count",
            "Get",
            "CompareAndSet",
            "Count"),
        row("accessed", accessed, counting, "Count"),
        row("modified", modified, counting, "Get", "CompareAndSet"),
        row("modified, creating", modified, creating, "Get", "Add"),
        row("observed", observed, counting, "Get", "CompareAndSet"),
        row("observed, absent", observed, cache -> cache.increment("absent", 1), "Get"),
        row("own policy", ownPolicy(), counting, "Get", "CompareAndSet"),
        row(
            "own policy, options",
            ownPolicy(),
            cache -> cache.increment("absent", 1, 1, expireAfter(java.time.Duration.ofDays(1))),
            "Get",
            "Add"),
        row(
            "huge delta",
            longs(),
            cache -> cache.increment("counted", 1L << 41),
            "Get",
            "CompareAndSet"),
        row("hashed key", longs(), cache -> cache.increment("k".repeat(400), 1, 1), "Get", "Add"),
        row("plain", shared(ItemFormat.PLAIN), creating, "Count"),
        row("python", shared(ItemFormat.PYTHON), counting, "Count"),
        // The clients in Python know a number by its flags.
        row("python, creating", shared(ItemFormat.PYTHON), creating, "Count", "Get", "Add"),
        row(
            "json",
            longs(new MemcachedConfiguration<String, Long>().setCodec("json")),
            creating,
            "Count"));
  }

  private static Arguments row(
      String name, MutableConfiguration<String, Long> configuration, Use use, String... commands) {
    return Arguments.argumentSet(name, configuration, use, List.of(commands));
  }

  @ParameterizedTest
  @MethodSource
  void commands(MutableConfiguration<String, Long> configuration, Use use, List<String> expected) {
    MemcachedCache<String, Long> cache = open(configuration);
    cache.increment("counted", 1, 7);
    cache.put("put", 7L);
    caches.counting().reset();

    use.accept(cache);

    assertThat(caches.counting().roundTrips()).isEqualTo(expected);
  }

  @Test
  void integersAreCountedByReading() {
    MemcachedCache<String, Integer> cache =
        openOther(
            new MutableConfiguration<String, Integer>().setTypes(String.class, Integer.class));
    cache.increment("k", 1, 7);
    caches.counting().reset();

    assertThat(cache.increment("k", 1)).hasValue(8);

    assertThat(caches.counting().roundTrips()).containsExactly("Get", "CompareAndSet");
  }

  @Test
  void digitsOfOtherClientsAreReadInCachesOfLongsAlone() {
    MemcachedCache<String, Long> cache = open(longs());
    cache.put("k", 1L);
    String wire = caches.storedKeys().get(0);

    store(wire, 0, "42   ");
    assertThat(cache.get("k")).isEqualTo(42L);
    assertThat(cache.replace("k", 42L, 43L)).isTrue();
    for (String other : List.of("", "4x", "-4", " 4", "18446744073709551615")) {
      store(wire, 0, other);
      assertThat(cache.containsKey("k")).as(other).isFalse();
    }
    store(wire, 77, "42");
    assertThat(cache.containsKey("k")).isFalse();
    store(wire, 0, "42");
    assertThat(
            openOther(
                    new MutableConfiguration<String, Object>().setTypes(String.class, Object.class))
                .containsKey("k"))
        .isFalse();
  }

  private void store(String wire, int flags, String data) {
    Item item = new Item(flags, data.getBytes(StandardCharsets.UTF_8), Item.FOREVER);
    assertThat(caches.memory().send(List.of(new Command.Set(wire, item))).join())
        .containsExactly(Reply.DONE);
  }

  @Test
  void noEntryWithAWriteIdIsTakenForANumber() {
    MemcachedCache<String, Long> cache = open(longs());
    for (int i = 0; i < 10_000; i++) {
      cache.remove("k");
      cache.putIfAbsent("k", 7L);
      int first = storedItem().data()[0];
      assertThat(first).isNegative();
    }
    assertThat(cache.increment("k", 1)).hasValue(8);
  }

  private StoredItem storedItem() {
    Command get = new Command.Get(caches.storedKeys().get(0));
    return Objects.requireNonNull(caches.memory().send(List.of(get)).join().get(0).item());
  }

  @Test
  void aLostReplyIsUnknownAndNothingIsRepeated() {
    MemcachedCache<String, Long> cache = open(longs());
    cache.put("k", 7L);
    caches.failing().loseAnswer(any(Command.Count.class));
    caches.counting().reset();

    assertThatExceptionOfType(CacheException.class)
        .isThrownBy(() -> cache.increment("k", 1, 1))
        .withMessage("Cache 'test': scripted lost answer; whether it took effect is unknown");

    assertThat(caches.counting().roundTrips()).containsExactly("Count");
    assertThat(cache.get("k")).isEqualTo(8L);
  }

  /** Neither "no entry" nor a number would be true. */
  @ParameterizedTest
  @ValueSource(strings = {"degrade", "throw"})
  void withoutServerThereIsNoAnswer(String policy) {
    try (TestCaches degrading = new TestCaches("memory:test?on.failure=" + policy)) {
      MemcachedCache<String, Long> cache = unwrap(degrading, longs());
      degrading.failing().failAll(any(Command.class), Reason.UNREACHABLE);

      assertThatExceptionOfType(CacheException.class)
          .isThrownBy(() -> cache.increment("k", 1))
          .withMessage("Cache 'test': scripted UNREACHABLE");
      assertThatExceptionOfType(CacheException.class).isThrownBy(() -> cache.decrement("k", 1, 1));
    }
  }

  @Test
  void whatExceedsIsTakenBack() {
    MemcachedCache<String, Long> cache = open(longs());
    cache.put("k", Long.MAX_VALUE);
    caches.counting().reset();

    assertThatExceptionOfType(CacheException.class).isThrownBy(() -> cache.increment("k", 1));

    assertThat(caches.counting().roundTrips()).containsExactly("Count", "Count");
    assertThat(cache.get("k")).isEqualTo(Long.MAX_VALUE);
  }

  /** memcached takes a number above 2^63 for none if some other memory holds a minus sign. */
  @Test
  void whatExceedsIsTakenBackByReplacementWhereTheServerDoesNotCountDown() {
    MemcachedCache<String, Long> cache = open(longs());
    cache.put("k", Long.MAX_VALUE);
    caches.failing().answer(CountingTest::isDown, Reply.NOT_A_NUMBER);
    caches.counting().reset();

    assertThatExceptionOfType(CacheException.class)
        .isThrownBy(() -> cache.increment("k", 1))
        .withCauseInstanceOf(ArithmeticException.class);

    assertThat(caches.counting().roundTrips())
        .containsExactly("Count", "Count", "Get", "CompareAndSet");
    assertThat(cache.get("k")).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void theReplacementThatTakesBackIsConditional() {
    MemcachedCache<String, Long> cache = open(longs());
    cache.put("k", Long.MAX_VALUE);
    MemcachedCache<String, Long> rival = rival();
    caches.failing().answer(CountingTest::isDown, Reply.NOT_A_NUMBER);
    caches.racing().after(Command.Get.class, () -> rival.decrement("k", 10));

    assertThatExceptionOfType(CacheException.class).isThrownBy(() -> cache.increment("k", 1));

    assertThat(cache.get("k")).isEqualTo(Long.MAX_VALUE - 10);
  }

  @Test
  void whatAnotherClientHasReplacedIsNotTakenBack() {
    MemcachedCache<String, Long> cache = open(longs());
    cache.put("k", Long.MAX_VALUE);
    MemcachedCache<String, Long> rival = rival();
    caches.failing().answer(CountingTest::isDown, Reply.NOT_A_NUMBER);
    caches
        .racing()
        .before(
            Command.Get.class, () -> rival.put("k", 5L, expireAfter(java.time.Duration.ofDays(1))));

    assertThatExceptionOfType(CacheException.class).isThrownBy(() -> cache.increment("k", 1));

    assertThat(cache.get("k")).isEqualTo(5L);
  }

  private static boolean isDown(Command command) {
    return command instanceof Command.Count count
        && count.direction() == Command.Count.Direction.DOWN;
  }

  @Test
  void whatCannotBeTakenBackIsUnknown() {
    MemcachedCache<String, Long> cache = open(longs());
    cache.put("k", Long.MAX_VALUE);
    caches
        .racing()
        .after(
            Command.Count.class,
            () -> caches.failing().fail(any(Command.Count.class), Reason.UNREACHABLE));

    assertThatExceptionOfType(CacheException.class)
        .isThrownBy(() -> cache.increment("k", 1))
        .withMessage("Cache 'test': scripted UNREACHABLE; whether it took effect is unknown");
  }

  @Test
  void aRivalWinsTheEntryThatIsRead() {
    MemcachedCache<String, Long> cache = open(longs());
    cache.put("k", 1L, expireAfter(java.time.Duration.ofMinutes(1)));
    MemcachedCache<String, Long> rival = rival();
    caches.racing().after(Command.Get.class, () -> rival.increment("k", 10));

    assertThat(cache.increment("k", 1)).hasValue(12);
    assertThat(rival.get("k")).isEqualTo(12L);
  }

  @Test
  void countsInTheStatistics() {
    MemcachedCache<String, Long> cache = open(longs().setStatisticsEnabled(true));
    cache.increment("absent", 1);
    cache.increment("k", 1, 5);
    cache.increment("k", 1, 5);
    cache.decrement("k", 1);

    MemcachedStatisticsMXBean statistics = caches.statistics();
    assertThat(statistics.getCacheHits()).isEqualTo(2);
    assertThat(statistics.getCacheMisses()).isEqualTo(2);
    assertThat(statistics.getCachePuts()).isEqualTo(3);
  }

  private MemcachedCache<String, Long> open(MutableConfiguration<String, Long> configuration) {
    return unwrap(caches, configuration);
  }

  @SuppressWarnings("unchecked")
  private static MemcachedCache<String, Long> unwrap(
      TestCaches caches, MutableConfiguration<String, Long> configuration) {
    return caches.open(configuration).unwrap(MemcachedCache.class);
  }

  @SuppressWarnings("unchecked")
  private <V> MemcachedCache<String, V> openOther(MutableConfiguration<String, V> configuration) {
    return caches.open(configuration).unwrap(MemcachedCache.class);
  }

  @SuppressWarnings("unchecked")
  private MemcachedCache<String, Long> rival() {
    return caches.openRival(longs()).unwrap(MemcachedCache.class);
  }

  private static MutableConfiguration<String, Long> longs() {
    return longs(new MutableConfiguration<>());
  }

  private static MutableConfiguration<String, Long> longs(
      MutableConfiguration<String, Long> configuration) {
    return configuration.setTypes(String.class, Long.class);
  }

  private static MutableConfiguration<String, Long> shared(ItemFormat format) {
    return longs(new MemcachedConfiguration<String, Long>().setCodec("string").setFormat(format));
  }

  private static MutableConfiguration<String, Long> observed() {
    CacheEntryRemovedListener<String, Long> listener = events -> {};
    return longs()
        .addCacheEntryListenerConfiguration(
            new MutableCacheEntryListenerConfiguration<>(() -> listener, null, false, false));
  }

  private static MutableConfiguration<String, Long> ownPolicy() {
    return longs().setExpiryPolicyFactory(() -> new OwnPolicy());
  }

  /** Not one of JCache's. */
  private static final class OwnPolicy implements ExpiryPolicy {

    @Override
    public Duration getExpiryForCreation() {
      return new Duration(MINUTES, 1);
    }

    @Override
    public @Nullable Duration getExpiryForAccess() {
      return null;
    }

    @Override
    public @Nullable Duration getExpiryForUpdate() {
      return null;
    }
  }
}
