package org.jcachememcached;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import javax.cache.Cache;
import javax.cache.configuration.MutableConfiguration;
import org.junit.jupiter.api.AfterEach;

/** A cache with a near cache, and what tests of it need. Not thread-safe. */
abstract class NearCaches {

  static final Duration TTL = Duration.ofSeconds(1);

  final TestCaches caches = new TestCaches("memory:near?near.cache=true");

  @AfterEach
  void close() {
    caches.close();
  }

  @SuppressWarnings("unchecked")
  <K, V> MemcachedCache<K, V> open(MutableConfiguration<K, V> configuration) {
    return caches.open(configuration).unwrap(MemcachedCache.class);
  }

  MemcachedCache<String, String> open() {
    return open(TestCaches.configuration());
  }

  MemcachedCache<String, String> openWithEntry() {
    MemcachedCache<String, String> cache = open();
    cache.put("k", "v");
    assertThat(cache.get("k")).isEqualTo("v");
    caches.counting().reset();
    return cache;
  }

  Cache<String, String> rival() {
    return caches.openRival(TestCaches.configuration());
  }

  void assertThatNothingWasSent() {
    assertThat(caches.counting().roundTrips()).isEmpty();
  }
}
