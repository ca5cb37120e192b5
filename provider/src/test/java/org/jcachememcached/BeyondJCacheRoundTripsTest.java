package org.jcachememcached;

import static java.util.concurrent.TimeUnit.MINUTES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.jcachememcached.api.EntryOptions.expireAfter;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.cache.Cache;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.expiry.CreatedExpiryPolicy;
import org.jcachememcached.api.EntryOptions;
import org.jcachememcached.api.EntryVersion;
import org.jcachememcached.testing.RecordingListener;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The round trips of what a cache has beyond JCache are those of {@code docs/round-trips.md}, with
 * and without waiting.
 */
class BeyondJCacheRoundTripsTest {

  private static final EntryOptions HOUR = expireAfter(Duration.ofHours(1));

  /** A call to a cache. */
  private interface Use extends Consumer<MemcachedCache<String, String>> {}

  static Stream<Arguments> uses() {
    MutableConfiguration<String, String> plain = new MutableConfiguration<>();
    MutableConfiguration<String, String> created =
        new MutableConfiguration<String, String>()
            .setExpiryPolicyFactory(
                CreatedExpiryPolicy.factoryOf(new javax.cache.expiry.Duration(MINUTES, 1)));
    MutableConfiguration<String, String> observed =
        new MutableConfiguration<String, String>()
            .addCacheEntryListenerConfiguration(new RecordingListener().synchronous());
    return Stream.of(
        use(plain, "put", c -> c.put("there", "v", HOUR), "Set"),
        use(created, "put", c -> c.put("there", "v", HOUR), "Set"),
        use(observed, "put", c -> c.put("there", "v", HOUR), "Get", "CompareAndSet"),
        use(plain, "putAll", c -> c.putAll(Map.of("a", "1", "b", "2"), HOUR), "2 Set"),
        use(plain, "putIfAbsent", c -> c.putIfAbsent("absent", "v", HOUR), "Add"),
        use(plain, "replace", c -> c.replace("there", "v", HOUR), "Get", "CompareAndSet"),
        use(plain, "getOrCompute", c -> c.getOrCompute("there", k -> "v"), "Get"),
        use(
            plain,
            "getOrCompute absent",
            c -> c.getOrCompute("a", k -> "v"),
            "Get",
            "Claim",
            "CompareAndSet"),
        use(
            plain,
            "getOrCompute null",
            c -> c.getOrCompute("a", k -> null),
            "Get",
            "Claim",
            "CompareAndDelete"),
        use(plain, "getOrDefault", c -> c.getOrDefault("absent", "v"), "Get"),
        use(plain, "getOrThrow", c -> c.getOrThrow("there"), "Get"),
        use(plain, "getVersioned", c -> c.getVersioned("there"), "Get"),
        use(plain, "replace on version", BeyondJCacheRoundTripsTest::replaceVersion, REPLACED),
        use(plain, "replace old version", c -> c.replace("there", "v", OLD), "Get"),
        use(plain, "remove old version", c -> c.remove("there", OLD), "Get"),
        use(plain, "markStale", c -> c.markStale("there"), "Get", "CompareAndDelete"),
        use(plain, "markStale absent", c -> c.markStale("absent"), "Get"),
        use(plain, "touch", c -> c.touch("there", Duration.ofHours(1)), "TouchingGet"),
        use(plain, "touch shortly", c -> c.touch("there", Duration.ofSeconds(9)), EXACTLY),
        use(observed, "touch observed", c -> c.touch("there", Duration.ofHours(1)), EXACTLY),
        use(created, "touch exact", c -> c.touch("there", Duration.ofHours(1)), TOUCHED_IN_VAIN),
        use(plain, "touch absent", c -> c.touch("absent", Duration.ofHours(1)), "TouchingGet"),
        use(
            plain,
            "touchAll",
            c -> c.touchAll(Set.of("there", "absent"), Duration.ofHours(1)),
            "2 TouchingGet"),
        use(plain, "removeEach", c -> c.removeEach(Set.of("there", "absent")), REMOVED));
  }

  private static final EntryVersion OLD = new EntryVersion(Long.MAX_VALUE);
  private static final String[] REPLACED = {"Get", "Get", "CompareAndSet"};
  private static final String[] EXACTLY = {"Get", "CompareAndSet"};
  private static final String[] TOUCHED_IN_VAIN = {"TouchingGet", "CompareAndSet"};
  private static final String[] REMOVED = {"2 Get", "CompareAndDelete"};

  private static Arguments use(
      MutableConfiguration<String, String> configuration,
      String name,
      Use use,
      String... roundTrips) {
    return Arguments.of(configuration, name, use, List.of(roundTrips));
  }

  private static void replaceVersion(MemcachedCache<String, String> cache) {
    EntryVersion seen = Objects.requireNonNull(cache.getVersioned("there")).version();
    assertThat(cache.replace("there", "new", seen)).isTrue();
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource("uses")
  void takesSoManyRoundTrips(
      MutableConfiguration<String, String> configuration,
      String name,
      Use use,
      List<String> expected) {
    assertThat(roundTrips(configuration, use, MemcachedCache::of)).isEqualTo(expected);
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource("uses")
  void takesAsManyWithoutWaiting(
      MutableConfiguration<String, String> configuration,
      String name,
      Use use,
      List<String> expected) {
    assertThat(roundTrips(configuration, use, AwaitedCache::of)).isEqualTo(expected);
  }

  /** A view of a cache. */
  private interface View {
    MemcachedCache<String, String> of(Cache<String, String> cache);
  }

  private static List<String> roundTrips(
      MutableConfiguration<String, String> configuration, Use use, View view) {
    try (TestCaches caches = new TestCaches()) {
      MemcachedCache<String, String> cache = view.of(caches.open(configuration));
      cache.put("there", "old");
      caches.counting().reset();

      use.accept(cache);

      return caches.counting().roundTrips();
    }
  }
}
