package org.jcachememcached.internal.engine;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.expiry.AccessedExpiryPolicy;
import javax.cache.expiry.Duration;
import javax.cache.integration.CompletionListenerFuture;
import javax.cache.processor.EntryProcessorResult;
import org.jcachememcached.TestCaches;
import org.jcachememcached.internal.store.Command;
import org.jcachememcached.internal.store.Item;
import org.jcachememcached.internal.store.StoreException;
import org.jcachememcached.internal.store.StoreException.Reason;
import org.jcachememcached.testing.FailingStore;
import org.jcachememcached.testing.RecordingListener;
import org.jcachememcached.testing.RecordingLoader;
import org.jcachememcached.testing.RecordingWriter;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Values that the servers do not take: left uncached under {@code degrade}. */
class TooLargeValuesTest {

  private static final String LARGE = "large".repeat(100);

  private final TestCaches caches = new TestCaches("memory:test?on.failure=degrade&page.size=2");

  @AfterEach
  void close() {
    caches.close();
  }

  /** A call to a cache that wants to store a value below {@code k}, and its answer. */
  private interface Use extends Function<Cache<String, String>, @Nullable Object> {}

  private static @Nullable Void putLarge(Cache<String, String> cache) {
    cache.put("k", LARGE);
    return null;
  }

  private static @Nullable Void putAllLarge(Cache<String, String> cache) {
    cache.putAll(Map.of("k", LARGE, "l", "small", "m", "small"));
    return null;
  }

  private static @Nullable String invoke(Cache<String, String> cache) {
    return cache.invoke(
        "k",
        (entry, arguments) -> {
          String old = entry.getValue();
          entry.setValue(LARGE);
          return old;
        });
  }

  private static String invokeAll(Cache<String, String> cache) {
    EntryProcessorResult<String> result =
        cache
            .<String>invokeAll(
                Set.of("k", "l"),
                (entry, arguments) -> {
                  entry.setValue(entry.getKey().equals("k") ? LARGE : "small");
                  return "set";
                })
            .get("k");
    return requireNonNull(result).get();
  }

  static Stream<Named<Map.Entry<Use, Map.Entry<Object, Object>>>> writes() {
    return Stream.of(
        write("put", TooLargeValuesTest::putLarge, "-", "-"),
        write("putAll", TooLargeValuesTest::putAllLarge, "-", "-"),
        write("getAndPut", c -> c.getAndPut("k", LARGE), "old", "-"),
        write("putIfAbsent", c -> c.putIfAbsent("k", LARGE), false, true),
        write("replace", c -> c.replace("k", LARGE), true, false),
        write("replace equal", c -> c.replace("k", "old", LARGE), true, false),
        write("getAndReplace", c -> c.getAndReplace("k", LARGE), "old", "-"),
        write("invoke", TooLargeValuesTest::invoke, "old", "-"),
        write("invokeAll", TooLargeValuesTest::invokeAll, "set", "set"));
  }

  private static Named<Map.Entry<Use, Map.Entry<Object, Object>>> write(
      String name, Use use, Object whenPresent, Object whenAbsent) {
    return Named.of(name, Map.entry(use, Map.entry(whenPresent, whenAbsent)));
  }

  private static Object answer(@Nullable Object result) {
    return result == null ? "-" : result;
  }

  private void refuseLargeItems() {
    caches.failing().failAll(TooLargeValuesTest::isLarger, Reason.TOO_LARGE);
  }

  private static boolean isLarger(Command command) {
    Item item = command.item();
    return item != null && item.data().length > 300;
  }

  @ParameterizedTest
  @MethodSource("writes")
  void areNotCachedAndLeaveNoOlderValue(Map.Entry<Use, Map.Entry<Object, Object>> write) {
    Cache<String, String> cache = caches.open(statistics(TestCaches.configuration()));
    cache.put("k", "old");
    refuseLargeItems();

    assertThat(answer(write.getKey().apply(cache))).isEqualTo(write.getValue().getKey());

    boolean kept = Boolean.FALSE.equals(write.getValue().getKey());
    assertThat(cache.get("k")).isEqualTo(kept ? "old" : null);
    assertThat(caches.statistics().getTooLargeValues()).isEqualTo(1);
  }

  @ParameterizedTest
  @MethodSource("writes")
  void areNotCachedWhereNothingWas(Map.Entry<Use, Map.Entry<Object, Object>> write) {
    Cache<String, String> cache = caches.open();
    refuseLargeItems();

    assertThat(answer(write.getKey().apply(cache))).isEqualTo(write.getValue().getValue());

    assertThat(cache.containsKey("k")).isFalse();
  }

  @ParameterizedTest
  @MethodSource("writes")
  void areToldToTheWriterAndNotCached(Map.Entry<Use, Map.Entry<Object, Object>> write) {
    RecordingWriter writer = new RecordingWriter();
    Cache<String, String> cache = caches.open(writer.configuration());
    Cache<String, String> other = caches.openRival(TestCaches.configuration());
    cache.put("k", "old");
    refuseLargeItems();

    assertThat(answer(write.getKey().apply(cache))).isEqualTo(write.getValue().getKey());

    boolean kept = Boolean.FALSE.equals(write.getValue().getKey());
    assertThat(writer.database()).containsEntry("k", kept ? "old" : LARGE);
    assertThat(other.get("k")).isEqualTo(kept ? "old" : null);
  }

  @ParameterizedTest
  @MethodSource("writes")
  void publishNoEvent(Map.Entry<Use, Map.Entry<Object, Object>> write) {
    RecordingListener listener = new RecordingListener();
    Cache<String, String> cache =
        caches.open(
            statistics(TestCaches.configuration())
                .addCacheEntryListenerConfiguration(listener.synchronous()));
    cache.put("k", "old");
    refuseLargeItems();

    assertThat(answer(write.getKey().apply(cache))).isEqualTo(write.getValue().getKey());

    assertThat(listener.events())
        .filteredOn(event -> event.contains(" k="))
        .containsExactly("CREATED k=old");
    assertThat(caches.statistics().getCacheRemovals()).isZero();
  }

  @Test
  void areNoPuts() {
    Cache<String, String> cache = caches.open(statistics(TestCaches.configuration()));
    cache.put("k", "old");
    refuseLargeItems();

    cache.putAll(Map.of("k", LARGE, "l", "small"));
    cache.getAndPut("l", LARGE);

    assertThat(caches.statistics().getCachePuts()).isEqualTo(2);
    assertThat(caches.statistics().getCacheHits()).isEqualTo(1);
  }

  @Test
  void doNotRemoveWhatAnotherClientPutMeanwhile() {
    Cache<String, String> cache = caches.open();
    Cache<String, String> rival = caches.openRival(TestCaches.configuration());
    cache.put("k", "old");
    refuseLargeItems();
    caches.racing().before(Command.CompareAndDelete.class, () -> rival.put("k", "rival"));

    assertThat(cache.getAndPut("k", LARGE)).isEqualTo("rival");

    assertThat(cache.get("k")).isNull();
  }

  @Test
  void goWithTheirOlderValueWhenThatCannotBeRemovedAtOnce() {
    Cache<String, String> cache = caches.open();
    cache.put("k", "old");
    refuseLargeItems();
    caches.failing().fail(FailingStore.any(Command.CompareAndDelete.class), Reason.TIMEOUT);

    cache.put("k", LARGE);

    assertThat(cache.get("k")).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"degrade", "throw"})
  void areReturnedToTheCallerThatLoadsThem(String policy) {
    try (TestCaches fixture = new TestCaches("memory:test?page.size=2&on.failure=" + policy)) {
      RecordingLoader loader = new RecordingLoader(key -> key.equals("k") ? LARGE : "small");
      Cache<String, String> cache = fixture.open(statistics(loader.configuration()));
      fixture.failing().failAll(TooLargeValuesTest::isLarger, Reason.TOO_LARGE);

      assertThat(cache.get("k")).isEqualTo(LARGE);
      assertThat(cache.getAll(Set.of("a", "b", "c", "k"))).hasSize(4).containsEntry("k", LARGE);
      assertThat(cache.<String>invoke("k", (entry, arguments) -> entry.getValue()))
          .isEqualTo(LARGE);

      Cache<String, String> stored = fixture.openRival(TestCaches.configuration());
      assertThat(stored.getAll(Set.of("a", "b", "c", "k"))).containsOnlyKeys("a", "b", "c");
      assertThat(fixture.statistics().getTooLargeValues()).isEqualTo(3);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void areNoFailureOfLoadAll(boolean replace) throws Exception {
    RecordingLoader loader = new RecordingLoader(key -> key.equals("k") ? LARGE : "small");
    Cache<String, String> cache = caches.open(loader.configuration());
    if (replace) {
      cache.put("k", "old");
    }
    refuseLargeItems();

    loadAll(cache, Set.of("a", "b", "c", "k"), replace);

    Cache<String, String> stored = caches.openRival(TestCaches.configuration());
    assertThat(stored.getAll(Set.of("a", "b", "c", "k"))).containsOnlyKeys("a", "b", "c");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void areReportedByLoadAllUnderThrow(boolean replace) {
    try (TestCaches fixture = new TestCaches("memory:test?page.size=2&on.failure=throw")) {
      RecordingLoader loader = new RecordingLoader(key -> key.equals("a") ? LARGE : "small");
      Cache<String, String> cache = fixture.open(loader.configuration());
      if (replace) {
        cache.put("a", "old");
      }
      fixture.failing().failAll(TooLargeValuesTest::isLarger, Reason.TOO_LARGE);

      assertThatExceptionOfType(Exception.class)
          .isThrownBy(() -> loadAll(cache, Set.of("a", "b", "c", "d"), replace))
          .havingCause()
          .isInstanceOf(CacheException.class)
          .withMessage("Cache 'test': scripted TOO_LARGE")
          .withCauseInstanceOf(StoreException.class);

      Cache<String, String> stored = fixture.openRival(TestCaches.configuration());
      assertThat(stored.getAll(Set.of("a", "b", "c", "d"))).containsOnlyKeys("b", "c", "d");
    }
  }

  @Test
  void leaveNoOutdatedValueBehindALoadWhoseStoreFails() {
    try (TestCaches fixture = new TestCaches("memory:test?on.failure=throw")) {
      Cache<String, String> cache = fixture.open(new RecordingLoader().configuration());
      cache.put("k", "old");
      fixture.failing().fail(FailingStore.any(Command.CompareAndSet.class), Reason.REJECTED);

      assertThatExceptionOfType(Exception.class)
          .isThrownBy(() -> loadAll(cache, Set.of("k"), true))
          .withMessageContaining("REJECTED");

      assertThat(fixture.openRival(TestCaches.configuration()).get("k")).isNull();
    }
  }

  @Test
  void mayStayUncachedWhenTheStoreOfWhatWasReadFails() {
    try (TestCaches fixture = new TestCaches("memory:test?on.failure=throw")) {
      Cache<String, String> cache = fixture.open(new RecordingLoader().configuration());
      fixture.failing().failAll(command -> !(command instanceof Command.Get), Reason.TIMEOUT);

      assertThat(cache.get("k")).isEqualTo("K");
      assertThat(cache.getAll(Set.of("a", "b"))).isEqualTo(Map.of("a", "A", "b", "B"));
    }
  }

  @Test
  void keepTheirEntryWhenOnlyItsDeadlineIsRefused() {
    Cache<String, String> cache =
        caches.open(
            TestCaches.configuration()
                .setExpiryPolicyFactory(AccessedExpiryPolicy.factoryOf(Duration.ONE_HOUR)));
    cache.put("k", LARGE);
    caches.clock().advance(java.time.Duration.ofMinutes(1));
    refuseLargeItems();

    assertThat(cache.get("k")).isEqualTo(LARGE);
    assertThat(cache.get("k")).isEqualTo(LARGE);
  }

  @Test
  void areExceptionsUnderThrow() {
    try (TestCaches fixture = new TestCaches("memory:test?on.failure=throw")) {
      Cache<String, String> cache = fixture.open(statistics(TestCaches.configuration()));
      fixture.failing().failAll(TooLargeValuesTest::isLarger, Reason.TOO_LARGE);

      assertThatExceptionOfType(CacheException.class)
          .isThrownBy(() -> cache.put("k", LARGE))
          .withMessage("Cache 'test': scripted TOO_LARGE");
      assertThatExceptionOfType(CacheException.class).isThrownBy(() -> invoke(cache));

      assertThat(fixture.statistics().getTooLargeValues()).isEqualTo(2);
    }
  }

  @Test
  void areCountedWhileStatisticsAreDisabled() {
    Cache<String, String> cache = caches.open();
    refuseLargeItems();
    cache.put("k", LARGE);

    TestCaches.enableStatistics(cache, true);
    assertThat(caches.statistics().getTooLargeValues()).isEqualTo(1);

    caches.statistics().clear();
    assertThat(caches.statistics().getTooLargeValues()).isZero();
  }

  private static <K, V> MutableConfiguration<K, V> statistics(
      MutableConfiguration<K, V> configuration) {
    return configuration.setStatisticsEnabled(true);
  }

  private static void loadAll(Cache<String, String> cache, Set<String> keys, boolean replace)
      throws Exception {
    CompletionListenerFuture done = new CompletionListenerFuture();
    cache.loadAll(keys, replace, done);
    done.get();
  }
}
