package org.jcachememcached.internal.refresh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.jcachememcached.api.EntryOptions.tagged;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jcachememcached.MemcachedCache;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The last value of an entry is served after its end: to whom, how long, and what ends that. */
class StaleEntriesTest extends RefreshedEntries {

  @ParameterizedTest
  @MethodSource("reads")
  void areServedToTheMillisecond(Read read) {
    MemcachedCache<String, String> cache = open();
    read.from(cache, loader);
    source = "new";
    pass(LIFETIME.plus(STALE).minus(TICK));

    assertThat(read.from(cache, loader)).isEqualTo("old");
    assertThat(loader.calls()).hasSize(1);

    pass(TICK);
    assertThat(read.from(cache, loader)).isEqualTo("new");
    assertThat(loader.calls()).hasSize(2);
  }

  @ParameterizedTest
  @MethodSource("reads")
  void areLoadedAnewInTheBackground(Read read) {
    MemcachedCache<String, String> cache = open(configuration().set("refresh.ahead", "0s"));
    read.from(cache, loader);
    source = "new";
    pass(LIFETIME.minus(TICK));
    assertThat(read.from(cache, loader)).isEqualTo("old");
    assertThat(hasBegun()).isFalse();

    pass(TICK);
    assertThat(read.from(cache, loader)).isEqualTo("old");
    runBackground();

    assertThat(read.from(cache, loader)).isEqualTo("new");
    assertThat(hasBegun()).isFalse();
  }

  @ParameterizedTest
  @MethodSource("reads")
  void areServedWhileTheSourceIsDown(Read read) {
    MemcachedCache<String, String> cache = open();
    read.from(cache, loader);
    pass(LIFETIME);
    for (int i = 0; i < STALE.toSeconds(); i++) {
      whileLoading = StaleEntriesTest::fail;
      assertThat(read.from(cache, loader)).isEqualTo("old");
      runBackground();
      pass(Duration.ofSeconds(1));
    }

    whileLoading = StaleEntriesTest::fail;
    assertThatException()
        .isThrownBy(() -> read.from(cache, loader))
        .withStackTraceContaining("the source is down");
  }

  private static void fail() {
    throw new IllegalStateException("the source is down");
  }

  @Test
  void areAbsentToAllOtherCalls() {
    MemcachedCache<String, String> cache = open();
    cache.put("k", "old");
    pass(LIFETIME);

    assertThat(cache.containsKey("k")).isFalse();
    assertThat(cache.replace("k", "x")).isFalse();
    assertThat(cache.remove("k", "old")).isFalse();
    assertThat(cache.getVersioned("k")).isNull();
    assertThat(cache.touch("k", LIFETIME)).isFalse();
    assertThat(cache).isEmpty();
    assertThat(cache.<Boolean>invoke("k", (entry, arguments) -> entry.exists())).isFalse();
    assertThat(cache.get("k")).isEqualTo("old");
    assertThat(cache.putIfAbsent("k", "new")).isTrue();
    assertThat(cache.get("k")).isEqualTo("new");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"remove", "getAndRemove", "removeAll(keys)", "removeAll", "clear", "invoke"})
  void endWithARemoval(String removal) {
    MemcachedCache<String, String> cache = open();
    MemcachedCache<String, String> rival = openRival();
    cache.put("k", "old");
    pass(LIFETIME);
    assertThat(cache.get("k")).isEqualTo("old");
    source = null;

    switch (removal) {
      case "remove" -> assertThat(rival.remove("k")).isFalse();
      case "getAndRemove" -> assertThat(rival.getAndRemove("k")).isNull();
      case "removeAll(keys)" -> rival.removeAll(Set.of("k"));
      case "removeAll" -> rival.removeAll();
      case "clear" -> rival.clear();
      default ->
          rival.invoke(
              "k",
              (entry, arguments) -> {
                entry.remove();
                return null;
              });
    }

    assertThat(cache.get("k")).isNull();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void endWithARemovalOfAllThatIsCountedOrHasListeners(boolean listening) {
    MemcachedCache<String, String> cache = open(listening ? observed() : counted());
    cache.put("k", "old");
    pass(LIFETIME);
    assertThat(cache.get("k")).isEqualTo("old");
    source = null;

    run(cache::removeAll);

    assertThat(cache.get("k")).isNull();
    assertThat(cache.statistics().getCacheRemovals()).isZero();
    assertThat(listener.events())
        .isEqualTo(listening ? List.of("CREATED k=old", "EXPIRED k=old (old)") : List.of());
  }

  @Test
  void endWithTheTag() {
    MemcachedCache<String, String> cache = open();
    cache.put("k", "old", tagged("t"));
    pass(LIFETIME);
    assertThat(cache.get("k")).isEqualTo("old");
    source = null;

    caches.manager().invalidateTag("t");

    assertThat(cache.get("k")).isNull();
  }

  @Test
  void haveExpiredForListenersWhenTheyAreReplaced() {
    MemcachedCache<String, String> cache = open(observed());
    cache.get("k");
    pass(LIFETIME);
    source = "new";
    cache.get("k");
    cache.containsKey("k");
    assertThat(listener.events()).containsExactly("CREATED k=old");
    runBackground();

    assertThat(listener.events())
        .containsExactly("CREATED k=old", "EXPIRED k=old (old)", "CREATED k=new");
  }

  @Test
  void areHits() {
    MemcachedCache<String, String> cache = open(counted());
    cache.put("k", "old");
    pass(LIFETIME);
    cache.get("k");
    cache.getAll(Set.of("k"));
    runBackground();

    assertThat(cache.statistics().getCacheHits()).isEqualTo(2);
    assertThat(cache.statistics().getStaleHits()).isEqualTo(2);
    assertThat(cache.statistics().getRefreshes()).isEqualTo(1);
    assertThat(cache.statistics().getCacheMisses()).isZero();
    assertThat(cache.statistics().getCachePuts()).isEqualTo(1);
  }

  @Test
  void endIfTheSourceHasNoValueAnyMore() {
    MemcachedCache<String, String> cache = open();
    cache.put("k", "old");
    pass(LIFETIME);
    source = null;
    cache.get("k");
    runBackground();

    assertThat(cache.get("k")).isNull();
    assertThat(caches.storedKeys()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("reads")
  void canBeMadeSoAtAnyTime(Read read) {
    MemcachedCache<String, String> cache = open();
    read.from(cache, loader);
    source = "new";
    caches.counting().reset();

    assertThat(cache.markStale("k")).isTrue();
    assertThat(caches.counting().roundTrips()).containsExactly("Get", "CompareAndSet");

    assertThat(cache.containsKey("k")).isFalse();
    pass(STALE.minus(TICK));
    assertThat(read.from(cache, loader)).isEqualTo("old");
    assertThat(hasBegun()).isTrue();
    pass(TICK);
    assertThat(read.from(cache, loader)).isEqualTo("new");
  }

  @Test
  void areNotProlongedByAnotherMark() {
    MemcachedCache<String, String> cache = open();
    cache.put("k", "old");
    assertThat(cache.markStale("k")).isTrue();
    pass(STALE.minus(TICK));
    assertThat(cache.markStale("k")).isFalse();
    source = null;

    assertThat(cache.get("k")).isEqualTo("old");
    pass(TICK);
    assertThat(cache.get("k")).isNull();
  }

  @Test
  void areNotReplacedByWhatWasLoadedBeforeTheMark() {
    MemcachedCache<String, String> cache = open();
    MemcachedCache<String, String> rival = openRival();
    cache.put("k", "old");
    rival.markStale("k");
    source = "outdated";
    whileLoading = () -> assertThat(rival.markStale("k")).isFalse();
    cache.get("k");
    runBackground();
    assertThat(loader.calls()).hasSize(1);

    assertThat(cache.get("k")).isEqualTo("old");
  }

  @Test
  void marksEndTheLoadOfAnAbsentEntry() {
    MemcachedCache<String, String> cache = open();
    MemcachedCache<String, String> rival = openRival();
    source = "outdated";
    whileLoading = () -> assertThat(rival.markStale("k")).isFalse();

    assertThat(cache.get("k")).isEqualTo("outdated");

    source = "new";
    assertThat(cache.get("k")).isEqualTo("new");
  }

  @Test
  void marksRemoveWhereNothingIsServedStale() {
    MemcachedCache<String, String> cache = open(observed().set("stale.for", "0s"));
    cache.put("k", "old");

    assertThat(cache.markStale("k")).isTrue();

    assertThat(caches.storedKeys()).isEmpty();
    assertThat(listener.events()).containsExactly("CREATED k=old", "EXPIRED k=old (old)");
  }
}
