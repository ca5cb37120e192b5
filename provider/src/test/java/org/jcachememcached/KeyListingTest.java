package org.jcachememcached;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.expiry.CreatedExpiryPolicy;
import javax.cache.expiry.Duration;
import org.jcachememcached.api.FailurePolicy;
import org.jcachememcached.internal.store.Command;
import org.jcachememcached.internal.store.Item;
import org.jcachememcached.internal.store.StoreException.Reason;
import org.jcachememcached.testing.FailingStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The view of the keys on a store in this JVM: round trips, and what is no entry. */
class KeyListingTest extends KeyListingContract {

  private final TestCaches caches = new TestCaches();

  @AfterEach
  void close() {
    caches.close();
  }

  @Override
  <K, V> Cache<K, V> create(MutableConfiguration<K, V> configuration) {
    return caches.open(configuration);
  }

  @SuppressWarnings("unchecked")
  private MemcachedCache<String, String> open(MutableConfiguration<String, String> configuration) {
    return caches.open(configuration).unwrap(MemcachedCache.class);
  }

  @Test
  void readsNoValue() {
    MemcachedCache<String, String> cache = open(TestCaches.configuration());
    cache.putAll(many("k"));
    caches.counting().reset();

    assertThat(cache.keys()).hasSize(30);
    assertThat(cache.approximateSize()).isEqualTo(30);

    assertThat(caches.counting().roundTrips()).containsExactly("Scan", "Scan");
  }

  @Test
  void readsTheItemsOfHashedKeysAlone() {
    MemcachedCache<String, String> cache = open(TestCaches.configuration());
    cache.putAll(many("k"));
    cache.putAll(many("long".repeat(100)));
    caches.counting().reset();

    assertThat(cache.keys()).hasSize(60);
    assertThat(caches.counting().roundTrips()).containsExactly("Scan", "30 Get");

    caches.counting().reset();
    assertThat(cache.approximateSize()).isEqualTo(60);
    assertThat(caches.counting().roundTrips()).containsExactly("Scan");
  }

  private static Map<String, String> many(String key) {
    Map<String, String> entries = new TreeMap<>();
    IntStream.range(0, 30).forEach(i -> entries.put(key + i, "v"));
    return entries;
  }

  @Test
  void ofHashedKeysOnlyTheExpiredOnesAreKnown() {
    MemcachedCache<String, String> cache =
        open(
            TestCaches.configuration()
                .setExpiryPolicyFactory(
                    CreatedExpiryPolicy.factoryOf(new Duration(TimeUnit.MINUTES, 1))));
    cache.putAll(Map.of("k", "v", "long".repeat(100), "v"));
    caches.clock().advance(java.time.Duration.ofMinutes(1));

    assertThat(cache.keys()).doesNotContain("long".repeat(100));
  }

  @Test
  void whatIsNoKeyIsSkipped() {
    MemcachedCache<String, String> cache = open(TestCaches.configuration());
    cache.put("k", "v");
    storeForeignItems();

    assertThat(cache.keys()).containsExactly("k");
    assertThat(cache.approximateSize()).isEqualTo(3);
    assertThat(cache.statistics().getUndecodableEntries()).isEqualTo(2);
  }

  @Test
  void whatIsNoKeyIsThrownOnceEach() {
    MemcachedCache<String, String> cache =
        open(new MemcachedConfiguration<String, String>().setOnFailure(FailurePolicy.THROW));
    cache.put("k", "v");
    storeForeignItems();
    List<Object> found = new ArrayList<>();

    for (Iterator<String> keys = cache.keys().iterator(); keys.hasNext(); ) {
      try {
        found.add(keys.next());
      } catch (CacheException e) {
        found.add(e.getMessage());
      }
    }

    assertThat(found)
        .hasSize(3)
        .contains("k")
        .anySatisfy(what -> assertThat(what.toString()).contains("test:test:x.1"))
        .anySatisfy(what -> assertThat(what.toString()).contains("test:test:h.1"));
  }

  private void storeForeignItems() {
    Item item = new Item(0, new byte[] {1}, Item.FOREVER);
    caches
        .memory()
        .send(
            List.of(new Command.Set("test:test:x.1", item), new Command.Set("test:test:h.1", item)))
        .join();
  }

  @Test
  void anItemWithoutValueIsListed() {
    MemcachedCache<String, String> cache = open(TestCaches.configuration());
    Item item = new Item(0, new byte[] {1}, Item.FOREVER);
    caches.memory().send(List.of(new Command.Set("test:test:s.k", item))).join();

    assertThat(cache.keys()).containsExactly("k");
    assertThat(cache.get("k")).isNull();
  }

  @Test
  void noKeyIsSkippedAfterAFailure() {
    MemcachedCache<String, String> cache = open(TestCaches.configuration());
    cache.put("long".repeat(100), "v");
    Iterator<String> keys = cache.keys().iterator();
    caches.failing().fail(FailingStore.any(Command.Get.class), Reason.UNREACHABLE);

    assertThatThrownBy(keys::next).isInstanceOf(CacheException.class);
    assertThat(keys.next()).isEqualTo("long".repeat(100));
  }

  @Test
  void anEngineThatStoresNothingHasNoKeysAndNoNodes() {
    try (MemcachedCachingProvider provider = new MemcachedCachingProvider()) {
      for (String engine : List.of("none", "memory")) {
        MemcachedCacheManager manager =
            (MemcachedCacheManager) provider.getCacheManager(URI.create(engine + ":listing"), null);
        MemcachedCache<?, ?> cache =
            manager.createCache("cache", TestCaches.configuration()).unwrap(MemcachedCache.class);

        assertThat(cache.keys()).isEmpty();
        assertThat(cache.approximateSize()).isZero();
        assertThat(cache.nodes()).isEmpty();
        assertThat(manager.nodes()).isEmpty();
      }
    }
  }
}
