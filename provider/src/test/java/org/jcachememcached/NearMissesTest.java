package org.jcachememcached;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.cache.Cache;
import javax.cache.configuration.FactoryBuilder.SingletonFactory;
import javax.cache.integration.CompletionListenerFuture;
import org.jcachememcached.api.MemcachedStatisticsMXBean;
import org.jcachememcached.internal.store.Command;
import org.jcachememcached.internal.store.Item;
import org.jcachememcached.internal.store.Reply;
import org.jcachememcached.testing.RecordingLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A near cache that keeps misses, too: what it answers, for how long, and what it has to forget.
 */
class NearMissesTest extends NearCaches {

  private static MemcachedConfiguration<String, String> keepingMisses() {
    return new MemcachedConfiguration<String, String>().set("near.misses", "true");
  }

  private MemcachedCache<String, String> openWithMiss() {
    MemcachedCache<String, String> cache = open(keepingMisses());
    assertThat(cache.get("k")).isNull();
    caches.counting().reset();
    return cache;
  }

  @Test
  void everyPlainReadIsAnswered() {
    MemcachedCache<String, String> cache = openWithMiss();

    assertThat(cache.get("k")).isNull();
    assertThat(cache.containsKey("k")).isFalse();
    assertThat(cache.getAll(Set.of("k"))).isEmpty();
    assertThat(cache.getOrDefault("k", "default")).isEqualTo("default");
    assertThatThrownBy(() -> cache.getOrThrow("k")).isInstanceOf(NoSuchElementException.class);
    assertThatNothingWasSent();
  }

  @Test
  void aMissOfContainsKeyIsKept() {
    MemcachedCache<String, String> cache = open(keepingMisses());
    assertThat(cache.containsKey("k")).isFalse();
    caches.counting().reset();

    assertThat(cache.get("k")).isNull();
    assertThatNothingWasSent();
  }

  @Test
  void ofABulkReadOnlyTheRestIsSent() {
    MemcachedCache<String, String> cache = openWithMiss();
    cache.put("a", "1");
    caches.counting().reset();

    assertThat(cache.getAll(Set.of("k", "a", "b"))).isEqualTo(Map.of("a", "1"));
    assertThat(caches.counting().roundTrips()).containsExactly("2 Get");
    assertThat(cache.getAll(Set.of("k", "a", "b"))).hasSize(1);
    assertThat(caches.counting().roundTrips()).hasSize(1);
  }

  @Test
  void anEntryPutElsewhereIsSeenAfterTheTtl() {
    MemcachedCache<String, String> cache = openWithMiss();
    rival().put("k", "new");

    caches.clock().advance(TTL.minusMillis(1));
    assertThat(cache.get("k")).isNull();
    caches.clock().advance(Duration.ofMillis(1));
    assertThat(cache.get("k")).isEqualTo("new");
  }

  @Test
  void theTtlBeginsBeforeTheReadIsSent() {
    MemcachedCache<String, String> cache = open(keepingMisses());
    caches.racing().after(Command.Get.class, () -> caches.clock().advance(TTL));
    assertThat(cache.get("k")).isNull();
    rival().put("k", "new");

    assertThat(cache.get("k")).isEqualTo("new");
  }

  static Stream<Arguments> changes() {
    return Stream.of(
        change("put", cache -> cache.put("k", "new")),
        change("putAll", cache -> cache.putAll(Map.of("k", "new"))),
        change("getAndPut", cache -> cache.getAndPut("k", "new")),
        change("putIfAbsent", cache -> assertThat(cache.putIfAbsent("k", "new")).isTrue()),
        change("getOrCompute", cache -> cache.getOrCompute("k", key -> "new")),
        change("async", cache -> cache.async().put("k", "new").toCompletableFuture().join()),
        change(
            "invoke",
            cache ->
                cache.invoke(
                    "k",
                    (entry, arguments) -> {
                      entry.setValue("new");
                      return null;
                    })));
  }

  private static Arguments change(String name, Consumer<MemcachedCache<String, String>> change) {
    return Arguments.argumentSet(name, change);
  }

  @ParameterizedTest
  @MethodSource("changes")
  void aChangeIsSeenAtOnce(Consumer<MemcachedCache<String, String>> change) {
    MemcachedCache<String, String> cache = openWithMiss();

    change.accept(cache);

    assertThat(cache.get("k")).isEqualTo("new");
  }

  @ParameterizedTest
  @MethodSource("changes")
  void aChangeByAnotherCacheOfTheJvmIsSeenAtOnce(Consumer<MemcachedCache<String, String>> change) {
    MemcachedCache<String, String> other =
        open(new MemcachedConfiguration<String, String>().set("near.cache", "false"));
    MemcachedCache<String, String> cache = openWithMiss();

    change.accept(other);

    assertThat(cache.get("k")).isEqualTo("new");
  }

  static Stream<Arguments> loads() {
    return Stream.of(
        change("get", cache -> cache.get("k")),
        change("getAll", cache -> cache.getAll(Set.of("k"))),
        change(
            "invoke", cache -> cache.<String>invoke("k", (entry, arguments) -> entry.getValue())),
        change("loadAll", NearMissesTest::loadAll));
  }

  private static void loadAll(Cache<String, String> cache) {
    CompletionListenerFuture loaded = new CompletionListenerFuture();
    cache.loadAll(Set.of("k"), false, loaded);
    assertThat(loaded).succeedsWithin(Duration.ofSeconds(10));
  }

  @ParameterizedTest
  @MethodSource("loads")
  void aLoadByAnotherCacheOfTheJvmIsSeenAtOnce(Consumer<MemcachedCache<String, String>> load) {
    MemcachedCache<String, String> other = open(new RecordingLoader().configuration());
    MemcachedCache<String, String> cache = openWithMiss();

    load.accept(other);

    assertThat(cache.get("k")).isEqualTo("K");
  }

  /** Another thread reads before the value is stored. */
  @ParameterizedTest
  @MethodSource("loads")
  void aMissThatWasReadBeforeALoadIsNotKept(Consumer<MemcachedCache<String, String>> load) {
    MemcachedCache<String, String> cache = open(keepingMisses());
    MemcachedCache<String, String> other =
        open(
            new MemcachedConfiguration<String, String>()
                .set("lease.loads", "false")
                .setCacheLoaderFactory(new SingletonFactory<>(new RecordingLoader()))
                .setReadThrough(true));
    Runnable miss =
        () -> assertThat(CompletableFuture.supplyAsync(() -> cache.get("k")).join()).isNull();
    caches.racing().before(Command.Add.class, miss);

    load.accept(other);

    assertThat(cache.get("k")).isEqualTo("K");
  }

  @ParameterizedTest
  @MethodSource("changes")
  void aMissThatWasReadBeforeAChangeIsNotKept(Consumer<MemcachedCache<String, String>> change) {
    MemcachedCache<String, String> cache = open(keepingMisses());
    MemcachedCache<String, String> other = open(keepingMisses());
    caches
        .racing()
        .after(
            Command.Get.class, () -> CompletableFuture.runAsync(() -> change.accept(other)).join());
    assertThat(cache.get("k")).isNull();

    assertThat(cache.get("k")).isEqualTo("new");
  }

  @Test
  void anEntryThatIsPutElsewhereDecides() {
    MemcachedCache<String, String> cache = openWithMiss();
    rival().put("k", "theirs");

    assertThat(cache.putIfAbsent("k", "ours")).isFalse();
    miss(cache);
    assertThat(cache.getOrCompute("k", key -> "ours")).isEqualTo("theirs");
    miss(cache);
    assertThat(cache.<String>invoke("k", (entry, arguments) -> entry.getValue()))
        .isEqualTo("theirs");
    miss(cache);
    assertThat(cache.getVersioned("k")).isNotNull();
    miss(cache);
    assertThat(cache.replace("k", "new")).isTrue();
  }

  private void miss(MemcachedCache<String, String> cache) {
    rival().remove("k");
    caches.clock().advance(TTL);
    assertThat(cache.get("k")).isNull();
    rival().put("k", "theirs");
    assertThat(cache.get("k")).isNull();
  }

  @Test
  void aLoaderIsCalledWhateverIsKept() {
    RecordingLoader loader = new RecordingLoader();
    MemcachedCache<String, String> cache =
        open(keepingMisses().setCacheLoaderFactory(new SingletonFactory<>(loader)));
    assertThat(cache.get("k")).isNull();
    rival().put("k", "theirs");
    CompletionListenerFuture loaded = new CompletionListenerFuture();

    cache.loadAll(Set.of("k"), false, loaded);

    assertThat(loaded).succeedsWithin(Duration.ofSeconds(10));
    assertThat(loader.calls()).isEmpty();
  }

  @Test
  void aCacheThatReadsThroughKeepsNone() {
    MemcachedCache<String, String> cache =
        open(
            keepingMisses()
                .setCacheLoaderFactory(new SingletonFactory<>(new RecordingLoader(key -> null)))
                .setReadThrough(true));
    assertThat(cache.get("k")).isNull();
    assertThat(cache.containsKey("k")).isFalse();
    rival().put("k", "theirs");

    assertThat(cache.getAll(Set.of("k"))).isEqualTo(Map.of("k", "theirs"));
  }

  @Test
  void anEntryThatIsBeingLoadedIsNoMiss() {
    MemcachedCache<String, String> cache = open(keepingMisses());
    MemcachedCache<String, String> rival = MemcachedCache.of(rival());

    rival.getOrCompute(
        "k",
        key -> {
          assertThat(CompletableFuture.supplyAsync(() -> cache.get("k")).join()).isNull();
          return "theirs";
        });

    assertThat(cache.get("k")).isEqualTo("theirs");
  }

  @Test
  void whatCannotBeDecodedIsNoMiss() {
    MemcachedCache<String, String> cache = open(keepingMisses());
    Cache<String, String> rival = rival();
    rival.put("k", "v");
    Item garbage = new Item(0x2f, new byte[] {1, 2, 3}, Item.FOREVER);
    Command set = new Command.Set(caches.storedKeys().get(0), garbage);
    assertThat(caches.memory().send(List.of(set)).join()).containsExactly(Reply.DONE);
    assertThat(cache.get("k")).isNull();
    rival.put("k", "new");

    assertThat(cache.get("k")).isEqualTo("new");
  }

  @Test
  void anEntryThatHasExpiredIsAMiss() {
    MemcachedCache<String, String> cache =
        open(keepingMisses().setExpiry("created 100 milliseconds"));
    cache.put("k", "v");
    assertThat(cache.get("k")).isEqualTo("v");
    caches.clock().advance(Duration.ofMillis(100));
    assertThat(cache.get("k")).isNull();
    caches.counting().reset();

    assertThat(cache.get("k")).isNull();
    assertThatNothingWasSent();
  }

  @Test
  void missesAreMissesOfTheCache() {
    MemcachedCache<String, String> cache = open(keepingMisses().setStatisticsEnabled(true));
    cache.get("k");
    cache.get("k");
    cache.getAll(Set.of("k", "other"));
    cache.containsKey("k");

    MemcachedStatisticsMXBean statistics = caches.statistics();
    assertThat(statistics.getCacheHits()).isZero();
    assertThat(statistics.getCacheMisses()).isEqualTo(4);
    assertThat(statistics.getNearHits()).isEqualTo(3);
    assertThat(statistics.getNearMisses()).isEqualTo(2);
    assertThat(statistics.getNearSize()).isEqualTo(2);
  }

  @Test
  void missesCountAsEntries() {
    MemcachedCache<String, String> cache = open(keepingMisses().set("near.max.entries", "10"));
    for (int i = 0; i < 100; i++) {
      cache.get("k" + i);
    }

    assertThat(cache.statistics().getNearSize()).isEqualTo(10);
  }
}
