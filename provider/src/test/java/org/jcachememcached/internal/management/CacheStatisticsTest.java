package org.jcachememcached.internal.management;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.cache.Cache;
import javax.cache.expiry.CreatedExpiryPolicy;
import javax.cache.expiry.Duration;
import javax.cache.management.CacheStatisticsMXBean;
import javax.cache.processor.EntryProcessorException;
import javax.cache.processor.MutableEntry;
import org.jcachememcached.TestCaches;
import org.jcachememcached.testing.RecordingListener;
import org.jcachememcached.testing.RecordingLoader;
import org.jcachememcached.testing.RecordingWriter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What each operation counts. The key {@code k} has an entry, {@code absent} has none. */
class CacheStatisticsTest {

  private final TestCaches caches = new TestCaches();

  @AfterEach
  void close() {
    caches.close();
  }

  /** A call to a cache. */
  private interface Use extends Consumer<Cache<String, String>> {}

  static Stream<Arguments> counts() {
    return Stream.of(
        counts("put", c -> c.put("k", "w"), 0, 0, 1, 0),
        counts("put absent", c -> c.put("absent", "w"), 0, 0, 1, 0),
        counts("putAll", c -> c.putAll(Map.of("k", "w", "absent", "w")), 0, 0, 2, 0),
        counts("get", c -> c.get("k"), 1, 0, 0, 0),
        counts("get absent", c -> c.get("absent"), 0, 1, 0, 0),
        counts("getAll", c -> c.getAll(Set.of("k", "absent", "l")), 1, 2, 0, 0),
        counts("containsKey", c -> c.containsKey("k"), 0, 0, 0, 0),
        counts("clear", Cache::clear, 0, 0, 0, 0),
        counts("getAndPut", c -> c.getAndPut("k", "w"), 1, 0, 1, 0),
        counts("getAndPut absent", c -> c.getAndPut("absent", "w"), 0, 1, 1, 0),
        counts("putIfAbsent", c -> c.putIfAbsent("k", "w"), 1, 0, 0, 0),
        counts("putIfAbsent absent", c -> c.putIfAbsent("absent", "w"), 0, 1, 1, 0),
        counts("replace", c -> c.replace("k", "w"), 1, 0, 1, 0),
        counts("replace absent", c -> c.replace("absent", "w"), 0, 1, 0, 0),
        counts("getAndReplace", c -> c.getAndReplace("k", "w"), 1, 0, 1, 0),
        counts("getAndReplace absent", c -> c.getAndReplace("absent", "w"), 0, 1, 0, 0),
        counts("replace equal", c -> c.replace("k", "v", "w"), 1, 0, 1, 0),
        counts("replace unequal", c -> c.replace("k", "x", "w"), 1, 0, 0, 0),
        counts("replace equal absent", c -> c.replace("absent", "v", "w"), 0, 1, 0, 0),
        counts("remove", c -> c.remove("k"), 0, 0, 0, 1),
        counts("remove absent", c -> c.remove("absent"), 0, 0, 0, 0),
        counts("remove equal", c -> c.remove("k", "v"), 1, 0, 0, 1),
        counts("remove unequal", c -> c.remove("k", "x"), 1, 0, 0, 0),
        counts("remove equal absent", c -> c.remove("absent", "v"), 0, 1, 0, 0),
        counts("getAndRemove", c -> c.getAndRemove("k"), 1, 0, 0, 1),
        counts("getAndRemove absent", c -> c.getAndRemove("absent"), 0, 1, 0, 0),
        counts("removeAll()", Cache::removeAll, 0, 0, 0, 1),
        counts("removeAll(set)", c -> c.removeAll(Set.of("k", "absent")), 0, 0, 0, 1),
        counts("invoke", c -> c.invoke("k", (entry, arguments) -> null), 1, 0, 0, 0),
        counts("invoke absent", c -> c.invoke("absent", (entry, arguments) -> null), 0, 1, 0, 0),
        counts("invoke setting", CacheStatisticsTest::invokeSetting, 1, 0, 1, 0),
        counts("invoke removing", CacheStatisticsTest::invokeRemoving, 1, 0, 0, 1),
        counts("invoke failing", c -> invokeFailing(c, "k"), 1, 0, 0, 0),
        counts("invoke failing absent", c -> invokeFailing(c, "absent"), 0, 1, 0, 0),
        counts("invokeAll failing", CacheStatisticsTest::invokeAllFailing, 1, 1, 0, 0),
        counts("iterator", c -> c.iterator().next(), 1, 0, 0, 0),
        counts("iterator removing", CacheStatisticsTest::removeFirst, 1, 0, 0, 1));
  }

  private static Arguments counts(
      String name, Use use, int hits, int misses, int puts, int removals) {
    return Arguments.of(Named.of(name, use), hits, misses, puts, removals);
  }

  private static void invokeSetting(Cache<String, String> cache) {
    cache.invoke(
        "k",
        (entry, arguments) -> {
          entry.setValue("w");
          return null;
        });
  }

  private static void invokeRemoving(Cache<String, String> cache) {
    cache.invoke(
        "k",
        (entry, arguments) -> {
          entry.remove();
          return null;
        });
  }

  private static void invokeFailing(Cache<String, String> cache, String key) {
    assertThatExceptionOfType(EntryProcessorException.class)
        .isThrownBy(() -> cache.invoke(key, CacheStatisticsTest::setAndFail));
  }

  private static void invokeAllFailing(Cache<String, String> cache) {
    assertThat(cache.invokeAll(Set.of("k", "absent"), CacheStatisticsTest::setAndFail)).hasSize(2);
  }

  private static Object setAndFail(MutableEntry<String, String> entry, Object... arguments) {
    entry.setValue("w");
    throw new IllegalStateException("scripted");
  }

  private static void removeFirst(Cache<String, String> cache) {
    var entries = cache.iterator();
    entries.next();
    entries.remove();
  }

  @ParameterizedTest
  @MethodSource("counts")
  void countsTheSameInEveryKindOfCache(Use use, int hits, int misses, int puts, int removals) {
    for (var configuration :
        List.of(
            TestCaches.configuration(),
            TestCaches.configuration()
                .addCacheEntryListenerConfiguration(new RecordingListener().synchronous()),
            new RecordingWriter().configuration())) {
      try (TestCaches fixture = new TestCaches()) {
        Cache<String, String> cache = fixture.open(configuration.setStatisticsEnabled(true));
        fixture.openRival(TestCaches.configuration()).put("k", "v");

        use.accept(cache);

        assertCounts(fixture.statistics(), hits, misses, puts, removals);
      }
    }
  }

  @Test
  void doesNotCountWhatExpiresAtOnce() {
    Cache<String, String> cache =
        caches.open(
            TestCaches.configuration()
                .setExpiryPolicyFactory(CreatedExpiryPolicy.factoryOf(Duration.ZERO))
                .setStatisticsEnabled(true));

    cache.put("k", "v");
    cache.putAll(Map.of("k", "v", "l", "v"));

    assertCounts(caches.statistics(), 0, 0, 0, 0);
  }

  @Test
  void doesNotCountTheRemovalOfWhatHasExpired() {
    Cache<String, String> cache =
        caches.open(
            TestCaches.configuration()
                .setExpiryPolicyFactory(CreatedExpiryPolicy.factoryOf(Duration.ONE_MINUTE))
                .addCacheEntryListenerConfiguration(new RecordingListener().synchronous())
                .setStatisticsEnabled(true));
    cache.put("k", "v");
    caches.clock().advance(java.time.Duration.ofSeconds(61));

    cache.removeAll();
    cache.removeAll(Set.of("k"));

    assertCounts(caches.statistics(), 0, 0, 1, 0);
  }

  @Test
  void countsALoadAsAMissButNotAsAPut() {
    Cache<String, String> cache =
        caches.open(new RecordingLoader().configuration().setStatisticsEnabled(true));

    cache.get("a");
    cache.getAll(Set.of("a", "b"));
    cache.invoke("c", (entry, arguments) -> entry.getValue());

    assertCounts(caches.statistics(), 1, 3, 0, 0);
  }

  @Test
  void countsNothingWhileSwitchedOff() {
    Cache<String, String> cache =
        caches.open(TestCaches.configuration().setStatisticsEnabled(true));
    TestCaches.enableStatistics(cache, false);
    cache.put("k", "v");
    TestCaches.enableStatistics(cache, true);
    TestCaches.enableStatistics(cache, true);
    cache.get("k");

    assertCounts(caches.statistics(), 1, 0, 0, 0);
  }

  @Test
  void sharesAndAveragesBeginAtZeroAndEndThereWhenCleared() {
    Cache<String, String> cache =
        caches.open(TestCaches.configuration().setStatisticsEnabled(true));
    CacheStatisticsMXBean statistics = caches.statistics();
    assertEmpty(statistics);

    cache.put("k", "v");
    cache.get("k");
    cache.get("absent");
    cache.remove("k");

    assertThat(statistics.getCacheGets()).isEqualTo(2);
    assertThat(statistics.getCacheHitPercentage()).isEqualTo(50f);
    assertThat(statistics.getCacheMissPercentage()).isEqualTo(50f);
    assertThat(statistics.getAverageGetTime()).isPositive();
    assertThat(statistics.getAveragePutTime()).isPositive();
    assertThat(statistics.getAverageRemoveTime()).isPositive();

    statistics.clear();
    assertEmpty(statistics);
  }

  @Test
  void averagesAreInMicroseconds() {
    Statistics statistics = new Statistics(true, () -> 0);
    StatisticsDelta delta = new StatisticsDelta();
    delta.hit();
    delta.put();
    delta.put();

    statistics.record(delta, 3_000);
    statistics.record(fourRemovals(), 2_000);

    assertThat(statistics.getAverageGetTime()).isEqualTo(3f);
    assertThat(statistics.getAveragePutTime()).isEqualTo(1.5f);
    assertThat(statistics.getAverageRemoveTime()).isEqualTo(0.5f);
  }

  private static StatisticsDelta fourRemovals() {
    StatisticsDelta delta = new StatisticsDelta();
    for (int i = 0; i < 4; i++) {
      delta.removal();
    }
    return delta;
  }

  private static void assertEmpty(CacheStatisticsMXBean statistics) {
    assertCounts(statistics, 0, 0, 0, 0);
    assertThat(statistics.getCacheEvictions()).isZero();
    assertThat(statistics.getCacheHitPercentage()).isZero();
    assertThat(statistics.getCacheMissPercentage()).isZero();
    assertThat(statistics.getAverageGetTime()).isZero();
    assertThat(statistics.getAveragePutTime()).isZero();
    assertThat(statistics.getAverageRemoveTime()).isZero();
  }

  private static void assertCounts(
      CacheStatisticsMXBean statistics, long hits, long misses, long puts, long removals) {
    assertThat(
            new long[] {
              statistics.getCacheHits(),
              statistics.getCacheMisses(),
              statistics.getCachePuts(),
              statistics.getCacheRemovals()
            })
        .as("hits, misses, puts, removals")
        .containsExactly(hits, misses, puts, removals);
  }
}
