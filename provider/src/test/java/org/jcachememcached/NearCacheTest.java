package org.jcachememcached;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.jcachememcached.api.EntryOptions.expireAfter;
import static org.jcachememcached.api.EntryOptions.tagged;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.configuration.FactoryBuilder.SingletonFactory;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.expiry.AccessedExpiryPolicy;
import javax.cache.expiry.CreatedExpiryPolicy;
import javax.cache.expiry.ExpiryPolicy;
import javax.cache.expiry.TouchedExpiryPolicy;
import org.jcachememcached.api.ItemFormat;
import org.jcachememcached.api.MemcachedStatisticsMXBean;
import org.jcachememcached.internal.store.Command;
import org.jcachememcached.internal.store.StoreException.Reason;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a near cache answers, for how long, and what it has to forget. */
class NearCacheTest extends NearCaches {

  @Test
  void everyPlainReadIsAnswered() {
    MemcachedCache<String, String> cache = openWithEntry();

    assertThat(cache.get("k")).isEqualTo("v");
    assertThat(cache.containsKey("k")).isTrue();
    assertThat(cache.getAll(Set.of("k"))).isEqualTo(Map.of("k", "v"));
    assertThat(cache.getOrDefault("k", "default")).isEqualTo("v");
    assertThat(cache.getOrThrow("k")).isEqualTo("v");
    assertThat(cache.getOrCompute("k", key -> "computed")).isEqualTo("v");
    assertThatNothingWasSent();
  }

  @Test
  void ofABulkReadOnlyTheRestIsSent() {
    MemcachedCache<String, String> cache = openWithEntry();
    cache.put("a", "1");
    cache.put("b", "2");
    caches.counting().reset();

    assertThat(cache.getAll(Set.of("k", "a", "b", "absent")))
        .isEqualTo(Map.of("k", "v", "a", "1", "b", "2"));
    assertThat(caches.counting().roundTrips()).containsExactly("3 Get");
    assertThat(cache.getAll(Set.of("k", "a", "b"))).hasSize(3);
    assertThat(caches.counting().roundTrips()).hasSize(1);
  }

  @Test
  void anEntryThatContainsKeyHasFoundIsKept() {
    MemcachedCache<String, String> cache = open();
    cache.put("k", "v");
    assertThat(cache.containsKey("k")).isTrue();
    caches.counting().reset();

    assertThat(cache.get("k")).isEqualTo("v");
    assertThatNothingWasSent();
  }

  @Test
  void whatIsAbsentIsNotKept() {
    MemcachedCache<String, String> cache = open();
    assertThat(cache.get("k")).isNull();
    rival().put("k", "v");

    assertThat(cache.get("k")).isEqualTo("v");
  }

  @Test
  void withoutTheSettingEveryReadIsSent() {
    try (TestCaches far = new TestCaches("memory:far")) {
      Cache<String, String> cache = far.open();
      cache.put("k", "v");
      cache.get("k");
      far.counting().reset();

      assertThat(cache.get("k")).isEqualTo("v");
      assertThat(far.counting().roundTrips()).containsExactly("Get");
    }
  }

  @Test
  void anUpdateElsewhereIsSeenAfterTheTtl() {
    MemcachedCache<String, String> cache = openWithEntry();
    rival().put("k", "new");

    caches.clock().advance(TTL.minusMillis(1));
    assertThat(cache.get("k")).isEqualTo("v");
    caches.clock().advance(Duration.ofMillis(1));
    assertThat(cache.get("k")).isEqualTo("new");
  }

  @Test
  void theTtlBeginsBeforeTheReadIsSent() {
    MemcachedCache<String, String> cache = open();
    cache.put("k", "v");
    Cache<String, String> rival = rival();
    caches
        .racing()
        .after(
            Command.Get.class,
            () -> {
              rival.put("k", "new");
              caches.clock().advance(TTL.minusMillis(1));
            });
    assertThat(cache.get("k")).isEqualTo("v");

    assertThat(cache.get("k")).isEqualTo("v");
    caches.clock().advance(Duration.ofMillis(1));
    assertThat(cache.get("k")).isEqualTo("new");
  }

  @Test
  void aReadThatTakesLongerThanTheTtlLeavesNothing() {
    MemcachedCache<String, String> cache = open();
    cache.put("k", "v");
    Cache<String, String> rival = rival();
    caches
        .racing()
        .after(
            Command.Get.class,
            () -> {
              caches.clock().advance(TTL);
              rival.put("k", "new");
            });
    assertThat(cache.get("k")).isEqualTo("v");

    assertThat(cache.get("k")).isEqualTo("new");
  }

  @Test
  void anEntryDoesNotOutliveItsDeadline() {
    MemcachedCache<String, String> cache = open();
    cache.put("k", "v", expireAfter(Duration.ofMillis(300)));
    assertThat(cache.get("k")).isEqualTo("v");

    caches.clock().advance(Duration.ofMillis(299));
    caches.counting().reset();
    assertThat(cache.get("k")).isEqualTo("v");
    assertThatNothingWasSent();
    caches.clock().advance(Duration.ofMillis(1));
    assertThat(cache.get("k")).isNull();
    assertThat(cache.containsKey("k")).isFalse();
  }

  @Test
  void anEntryWithoutEnvelopeDoesNotOutliveItsDeadlineEither() {
    MemcachedCache<String, String> cache =
        open(
            new MemcachedConfiguration<String, String>()
                .setTypes(String.class, String.class)
                .setCodec("string")
                .setFormat(ItemFormat.PLAIN));
    cache.put("k", "v", expireAfter(Duration.ofMillis(300)));
    assertThat(cache.get("k")).isEqualTo("v");

    caches.clock().advance(Duration.ofMillis(299));
    assertThat(cache.get("k")).isEqualTo("v");
    caches.clock().advance(Duration.ofMillis(1));
    assertThat(cache.get("k")).isNull();
  }

  @Test
  void theDeadlineOfThePolicyCountsToo() {
    MemcachedCache<String, String> cache =
        open(
            TestCaches.configuration()
                .setExpiryPolicyFactory(
                    CreatedExpiryPolicy.factoryOf(
                        new javax.cache.expiry.Duration(TimeUnit.MILLISECONDS, 10))));
    cache.put("k", "v");
    cache.get("k");

    caches.clock().advance(Duration.ofMillis(10));
    assertThat(cache.get("k")).isNull();
  }

  @Test
  void anOutageIsBridgedForTheTtl() {
    MemcachedCache<String, String> cache = openWithEntry();
    caches.failing().failAll(command -> true, Reason.UNREACHABLE);

    assertThat(cache.get("k")).isEqualTo("v");
    caches.clock().advance(TTL);
    assertThat(cache.get("k")).isNull();
  }

  @Test
  void whatDecidesReadsTheStore() {
    MemcachedCache<String, String> cache = openWithEntry();
    rival().put("k", "new");

    assertThat(cache.replace("k", "v", "newer")).isFalse();
    keep(cache, "new");
    rival().put("k", "newer");
    String seen = cache.invoke("k", (entry, arguments) -> entry.getValue());
    assertThat(seen).isEqualTo("newer");
    keep(cache, "newer");
    rival().put("k", "newest");
    assertThat(requireNonNull(cache.getVersioned("k")).value()).isEqualTo("newest");
    keep(cache, "newest");
    rival().put("k", "last");
    assertThat(cache.iterator().next().getValue()).isEqualTo("last");
    keep(cache, "last");
    rival().remove("k");
    assertThat(cache.putIfAbsent("k", "after")).isTrue();
  }

  private static void keep(Cache<String, String> cache, String expected) {
    assertThat(cache.get("k")).isEqualTo(expected);
  }

  @Test
  void aValueIsKeptByValue() {
    MemcachedCache<String, List<String>> cache = open(new MutableConfiguration<>());
    cache.put("k", new ArrayList<>(List.of("a")));
    List<String> first = requireNonNull(cache.get("k"));
    first.add("b");
    caches.counting().reset();

    List<String> second = requireNonNull(cache.get("k"));

    assertThat(second).containsExactly("a");
    second.add("c");
    assertThat(cache.get("k")).containsExactly("a");
    assertThatNothingWasSent();
  }

  @Test
  void anImmutableValueIsNotDecodedAnew() {
    MemcachedCache<String, String> cache = openWithEntry();

    assertThat(cache.get("k")).isSameAs(cache.get("k"));
  }

  @Test
  void anEntryWithTagsIsNotKept() {
    MemcachedCache<String, String> cache = open();
    cache.put("k", "v", tagged("t"));
    assertThat(cache.get("k")).isEqualTo("v");

    requireNonNull(cache.getCacheManager()).unwrap(MemcachedCacheManager.class).invalidateTag("t");
    rival().remove("k");

    assertThat(cache.get("k")).isNull();
  }

  @Test
  void theSizeIsBounded() {
    MemcachedCache<String, String> cache =
        open(new MemcachedConfiguration<String, String>().set("near.max.entries", "10"));
    for (int i = 0; i < 100; i++) {
      cache.put("k" + i, "v");
      cache.get("k" + i);
    }

    assertThat(cache.statistics().getNearSize()).isEqualTo(10);
    caches.clock().advance(TTL);
    assertThat(cache.statistics().getNearSize()).isZero();
  }

  @Test
  void hitsAreHitsOfTheCache() {
    MemcachedCache<String, String> cache =
        open(new MutableConfiguration<String, String>().setStatisticsEnabled(true));
    cache.put("k", "v");
    cache.get("absent");
    cache.get("k");
    cache.get("k");
    cache.getAll(Set.of("k", "other"));

    MemcachedStatisticsMXBean statistics = caches.statistics();
    assertThat(statistics.getCacheHits()).isEqualTo(3);
    assertThat(statistics.getCacheMisses()).isEqualTo(2);
    assertThat(statistics.getNearHits()).isEqualTo(2);
    assertThat(statistics.getNearMisses()).isEqualTo(3);
    assertThat(statistics.getNearSize()).isEqualTo(1);
    assertThat(statistics.getAverageGetTime()).isPositive();
    statistics.clear();
    assertThat(statistics.getNearHits()).isZero();
    assertThat(statistics.getNearMisses()).isZero();
  }

  @Test
  void aClosedCacheKeepsNothing() {
    MemcachedCache<String, String> cache = openWithEntry();
    MemcachedStatisticsMXBean statistics = cache.statistics();
    assertThat(statistics.getNearSize()).isEqualTo(1);

    cache.close();

    assertThat(statistics.getNearSize()).isZero();
    assertThatThrownBy(() -> cache.get("k")).isInstanceOf(IllegalStateException.class);
  }

  static Stream<ExpiryPolicy> policiesThatDependOnAccess() {
    return Stream.of(
        new AccessedExpiryPolicy(javax.cache.expiry.Duration.ONE_HOUR),
        new TouchedExpiryPolicy(javax.cache.expiry.Duration.ONE_HOUR),
        new OwnPolicy());
  }

  @ParameterizedTest
  @MethodSource("policiesThatDependOnAccess")
  void accessesMustNotCount(ExpiryPolicy policy) {
    MutableConfiguration<String, String> configuration =
        TestCaches.configuration().setExpiryPolicyFactory(new SingletonFactory<>(policy));

    assertThatThrownBy(() -> caches.open(configuration))
        .isInstanceOf(CacheException.class)
        .hasMessageStartingWith("The cache 'test' has near.cache=true")
        .hasMessageContaining("ModifiedExpiryPolicy");
  }

  /** One whose answers nothing is known of. */
  private static final class OwnPolicy implements ExpiryPolicy {

    @Override
    public javax.cache.expiry.Duration getExpiryForCreation() {
      return javax.cache.expiry.Duration.ONE_HOUR;
    }

    @Override
    public javax.cache.expiry.@Nullable Duration getExpiryForAccess() {
      return null;
    }

    @Override
    public javax.cache.expiry.@Nullable Duration getExpiryForUpdate() {
      return null;
    }
  }
}
