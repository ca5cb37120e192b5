package org.jcachememcached;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.function.Consumer;
import javax.cache.Cache;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What whole caches cost and leave behind that are cleared by generation, beside the others. */
class ClearStrategyTest {

  private final TestCaches caches = new TestCaches("memory:test?clear=generation");
  private final Cache<String, String> cache = caches.open();
  private final Cache<String, String> rival = caches.openRival(TestCaches.configuration());

  @AfterEach
  void close() {
    caches.close();
  }

  @Test
  void everyRoundTripReadsTheGenerationToo() {
    cache.put("key", "value");
    caches.counting().reset();

    cache.put("key", "other");
    cache.get("key");
    cache.getAndPut("key", "another");
    cache.putAll(Map.of("a", "1", "b", "2"));

    assertThat(caches.counting().roundTrips())
        .containsExactly(
            "1 Get, 1 Set", "2 Get", "2 Get", "1 CompareAndSet, 1 Get", "1 Get, 2 Set");
  }

  @Test
  void clearReplacesTheGeneration() {
    assertHidesEverythingInOneRoundTrip(Cache::clear);
  }

  @Test
  void destroyingReplacesTheGeneration() {
    assertHidesEverythingInOneRoundTrip(TestCaches::destroy);
  }

  private void assertHidesEverythingInOneRoundTrip(Consumer<Cache<?, ?>> clear) {
    cache.putAll(Map.of("a", "1", "b", "2"));
    caches.counting().reset();

    clear.accept(cache);

    assertThat(caches.counting().roundTrips()).containsExactly("Set");
    assertThat(rival.get("a")).isNull();
    assertThat(rival).isEmpty();
    assertThat(caches.storedKeys()).as("what the store has yet to forget").hasSize(3);
  }

  @Test
  void removeAllRemoves() {
    cache.putAll(Map.of("a", "1", "b", "2"));

    cache.removeAll();

    assertThat(caches.storedKeys()).containsExactly("test:test:generation");
  }

  @Test
  void keysHaveTheirGenerationAndFit() {
    cache.put("k".repeat(1000), "long");
    cache.put("key", "short");

    assertThat(caches.storedKeys())
        .hasSize(3)
        .allSatisfy(key -> assertThat(key).hasSizeLessThanOrEqualTo(250))
        .anyMatch(key -> key.matches("test:test:[A-Za-z0-9_-]{11}:s\\.key"));
    assertThat(rival.get("k".repeat(1000))).isEqualTo("long");
  }
}
