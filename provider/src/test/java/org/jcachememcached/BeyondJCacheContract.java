package org.jcachememcached;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.jcachememcached.api.EntryOptions.eternal;
import static org.jcachememcached.api.EntryOptions.expireAfter;
import static org.jcachememcached.testing.Patience.undisturbed;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.expiry.CreatedExpiryPolicy;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jcachememcached.api.EntryOptions;
import org.jcachememcached.api.EntryVersion;
import org.jcachememcached.api.Versioned;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What a cache has beyond JCache, the same on every engine that stores anything. The values are
 * immutable.
 */
abstract class BeyondJCacheContract
    implements CountersContract, CounterDeadlinesContract, AppendContract {

  private static final Duration HOUR = Duration.ofHours(1);

  private MemcachedCache<String, String> cache;

  @BeforeEach
  void open() {
    cache = open(new MutableConfiguration<>());
  }

  @SuppressWarnings("unchecked")
  private <K, V> MemcachedCache<K, V> open(MutableConfiguration<K, V> configuration) {
    return create(configuration).unwrap(MemcachedCache.class);
  }

  @Test
  void getOrDefaultReturnsTheDefaultOnlyWithoutEntry() {
    assertThat(cache.getOrDefault("k", "default")).isEqualTo("default");
    assertThat(cache.containsKey("k")).isFalse();
    cache.put("k", "v");
    assertThat(cache.getOrDefault("k", "default")).isEqualTo("v");
  }

  @Test
  void getOrThrowNamesCacheAndKey() {
    cache.put("k", "v");

    assertThat(cache.getOrThrow("k")).isEqualTo("v");
    assertThatThrownBy(() -> cache.getOrThrow("absent"))
        .isInstanceOf(NoSuchElementException.class)
        .hasMessage("Cache '%s' has no entry for the key 'absent'", cache.getName());
  }

  @Test
  void getOrComputeComputesAndStoresOnce() {
    AtomicInteger calls = new AtomicInteger();

    assertThat(cache.getOrCompute("k", key -> key + calls.incrementAndGet())).isEqualTo("k1");
    assertThat(cache.getOrCompute("k", key -> key + calls.incrementAndGet())).isEqualTo("k1");
    assertThat(cache.get("k")).isEqualTo("k1");
  }

  @Test
  void getOrComputeStoresNothingForNull() {
    assertThat(cache.getOrCompute("k", key -> null)).isNull();
    assertThat(cache.containsKey("k")).isFalse();
  }

  @Test
  void getOrComputeThrowsWhatTheFunctionThrows() {
    IllegalStateException failure = new IllegalStateException("no database");

    assertThatThrownBy(
            () ->
                cache.getOrCompute(
                    "k",
                    key -> {
                      throw failure;
                    }))
        .isSameAs(failure);
    assertThat(cache.containsKey("k")).isFalse();
  }

  @Test
  void getOrComputeReturnsWhatWasPutMeanwhile() {
    String found =
        cache.getOrCompute(
            "k",
            key -> {
              cache.put(key, "put meanwhile");
              return "computed";
            });

    assertThat(found).isEqualTo("put meanwhile");
    assertThat(cache.get("k")).isEqualTo("put meanwhile");
  }

  @Test
  void getOrComputeUsesTheOptions() {
    assertThat(cache.getOrCompute("k", key -> "v", expireAfter(Duration.ofMillis(200))))
        .isEqualTo("v");
    pass(Duration.ofMillis(250));
    assertThat(cache.containsKey("k")).isFalse();
  }

  @Test
  void putWithAnExpiryWinsOverThePolicy() {
    MemcachedCache<String, String> expiring = createExpiring();
    expiring.put("long", "v", eternal());
    expiring.put("also long", "v", expireAfter(HOUR));
    expiring.put("by policy", "v", EntryOptions.none());
    cache.put("short", "v", expireAfter(Duration.ofMillis(200)));
    cache.putAll(Map.of("a", "1", "b", "2"), expireAfter(Duration.ofMillis(200)));
    cache.put("eternal", "v");
    pass(Duration.ofMillis(350));

    assertThat(expiring.getAll(Set.of("long", "also long", "by policy")).keySet())
        .containsExactlyInAnyOrder("long", "also long");
    assertThat(cache.getAll(Set.of("short", "a", "b", "eternal")).keySet())
        .containsExactly("eternal");
  }

  private MemcachedCache<String, String> createExpiring() {
    return open(
        new MutableConfiguration<String, String>()
            .setExpiryPolicyFactory(
                CreatedExpiryPolicy.factoryOf(
                    new javax.cache.expiry.Duration(TimeUnit.MILLISECONDS, 300))));
  }

  @Test
  void expiryCanBeSetWhereAWriteIsConditional() {
    undisturbed(this::assertThatConditionalWritesSetTheExpiry);
  }

  private void assertThatConditionalWritesSetTheExpiry() {
    open();
    EntryOptions soon = expireAfter(Duration.ofSeconds(1));
    cache.put("present", "v");

    assertThat(cache.putIfAbsent("absent", "new", soon)).isTrue();
    assertThat(cache.putIfAbsent("present", "new", soon)).isFalse();
    assertThat(cache.replace("unknown", "new", soon)).isFalse();
    assertThat(cache.get("absent")).isEqualTo("new");
    pass(Duration.ofMillis(1_100));
    assertThat(cache.containsKey("absent")).isFalse();
    assertThat(cache.get("present")).isEqualTo("v");

    assertThat(cache.replace("present", "new", soon)).isTrue();
    assertThat(cache.get("present")).isEqualTo("new");
    pass(Duration.ofMillis(1_100));
    assertThat(cache.containsKey("present")).isFalse();
  }

  @Test
  void anExpiryOfZeroStoresNothingAndRemoves() {
    EntryOptions atOnce = expireAfter(Duration.ZERO);
    cache.put("k", "v");

    cache.put("k", "new", atOnce);
    cache.put("other", "new", atOnce);
    assertThat(cache.getOrCompute("third", key -> "computed", atOnce)).isEqualTo("computed");

    assertThat(cache.containsKey("k")).isFalse();
    assertThat(cache.containsKey("other")).isFalse();
    assertThat(cache.containsKey("third")).isFalse();
  }

  @Test
  void aNegativeExpiryIsRefused() {
    cache.put("k", "v");

    assertThatIllegalArgumentException()
        .isThrownBy(() -> expireAfter(Duration.ofSeconds(-1)))
        .withMessageContaining("PT-1S")
        .withMessageContaining("must not be negative");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> cache.touch("k", Duration.ofSeconds(-1)))
        .withMessageContaining("must not be negative");
    assertThat(cache.get("k")).isEqualTo("v");
  }

  @Test
  void touchMovesTheDeadline() {
    undisturbed(this::assertThatTouchMovesTheDeadline);
  }

  private void assertThatTouchMovesTheDeadline() {
    open();
    cache.put("shortened", "v");
    cache.put("extended", "v", expireAfter(Duration.ofMillis(1_500)));
    cache.put("made eternal", "v", expireAfter(Duration.ofMillis(1_500)));

    assertThat(cache.touch("shortened", Duration.ofSeconds(1))).isTrue();
    assertThat(cache.touch("extended", HOUR)).isTrue();
    assertThat(cache.touch("made eternal", ChronoUnit.FOREVER.getDuration())).isTrue();
    assertThat(cache.touch("absent", HOUR)).isFalse();
    pass(Duration.ofMillis(1_600));

    assertThat(cache.containsKey("shortened")).isFalse();
    assertThat(cache.get("extended")).isEqualTo("v");
    assertThat(cache.get("made eternal")).isEqualTo("v");
    assertThat(cache.containsKey("absent")).isFalse();
  }

  @Test
  void touchWithZeroExpiresAtOnce() {
    cache.put("k", "v");

    assertThat(cache.touch("k", Duration.ZERO)).isTrue();
    assertThat(cache.containsKey("k")).isFalse();
  }

  @Test
  void touchAllSaysWhichWereThere() {
    undisturbed(this::assertThatTouchAllSaysWhichWereThere);
  }

  private void assertThatTouchAllSaysWhichWereThere() {
    open();
    cache.putAll(Map.of("a", "1", "b", "2"), expireAfter(Duration.ofMillis(1_500)));

    assertThat(cache.touchAll(Set.of("a", "b", "absent"), HOUR))
        .containsExactlyInAnyOrder("a", "b");
    pass(Duration.ofMillis(1_600));
    assertThat(cache.getAll(Set.of("a", "b", "absent"))).hasSize(2);
  }

  @Test
  void removeEachSaysWhichWereThere() {
    cache.putAll(Map.of("a", "1", "b", "2", "c", "3"));

    assertThat(cache.removeEach(Set.of("a", "b", "absent"))).containsExactlyInAnyOrder("a", "b");
    assertThat(cache.getAll(Set.of("a", "b", "c")).keySet()).containsExactly("c");
  }

  @Test
  void aVersionIsThatOfTheEntryAsItWasRead() {
    cache.put("k", "1");
    Versioned<String> seen = Objects.requireNonNull(cache.getVersioned("k"));

    assertThat(seen.value()).isEqualTo("1");
    assertThat(cache.replace("k", "2", seen.version())).isTrue();
    assertThat(cache.replace("k", "3", seen.version())).isFalse();
    assertThat(cache.remove("k", seen.version())).isFalse();
    assertThat(cache.get("k")).isEqualTo("2");
    assertThat(cache.remove("k", versionOf("k"))).isTrue();
    assertThat(cache.containsKey("k")).isFalse();
  }

  @Test
  void theSameValueAgainIsAnotherVersion() {
    cache.put("k", "v");
    EntryVersion first = versionOf("k");
    cache.put("k", "v");

    assertThat(versionOf("k")).isNotEqualTo(first);
    assertThat(cache.replace("k", "w", first)).isFalse();
  }

  @Test
  void aReadKeepsTheVersion() {
    cache.put("k", "v");
    EntryVersion first = versionOf("k");
    assertThat(cache.get("k")).isEqualTo("v");

    assertThat(versionOf("k")).isEqualTo(first);
    assertThat(cache.replace("k", "w", new EntryVersion(first.number()))).isTrue();
  }

  @Test
  void noEntryHasNoVersion() {
    assertThat(cache.getVersioned("absent")).isNull();
    assertThat(cache.replace("absent", "v", new EntryVersion(0))).isFalse();
    assertThat(cache.remove("absent", new EntryVersion(0))).isFalse();
    assertThat(cache.containsKey("absent")).isFalse();
  }

  private EntryVersion versionOf(String key) {
    return Objects.requireNonNull(cache.getVersioned(key)).version();
  }

  @Test
  @SuppressWarnings("NullAway") // What callers that are not checked may do.
  void nullsAreRefused() {
    for (ThrowingCallable call :
        List.<ThrowingCallable>of(
            () -> cache.getOrCompute(null, key -> "v"),
            () -> cache.getOrCompute("k", null),
            () -> cache.put("k", "v", null),
            () -> cache.put("k", null, EntryOptions.none()),
            () -> cache.touch("k", null),
            () -> cache.touchAll(null, HOUR),
            () -> cache.replace("k", "v", (EntryVersion) null),
            () -> cache.getVersioned(null))) {
      assertThatThrownBy(call).isInstanceOf(NullPointerException.class);
    }
  }
}
