package org.jcachememcached;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import javax.cache.configuration.MutableConfiguration;
import org.jcachememcached.api.EntryOptions;
import org.jcachememcached.api.EntryVersion;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a cache has beyond JCache, on the engine {@code none}: every entry is lost at once. */
class BeyondJCacheOnNoneTest {

  private final MemcachedCachingProvider provider = new MemcachedCachingProvider();
  private final MemcachedCacheManager manager =
      provider
          .getCacheManager(URI.create("none:beyond"), getClass().getClassLoader(), new Properties())
          .unwrap(MemcachedCacheManager.class);

  @AfterEach
  void close() {
    provider.close();
  }

  private <V> MemcachedCache<String, V> create(Class<V> valueType) {
    return MemcachedCache.of(
        manager.createCache(
            "none", new MutableConfiguration<String, V>().setTypes(String.class, valueType)));
  }

  @Test
  void findsNothing() {
    MemcachedCache<String, String> cache = create(String.class);
    cache.put("k", "v", EntryOptions.eternal().withTags("t"));
    cache.putAll(Map.of("a", "1", "b", "2"), EntryOptions.expireAfter(Duration.ofHours(1)));
    manager.invalidateTag("t");

    assertThat(cache.getOrDefault("k", "default")).isEqualTo("default");
    assertThat(cache.getVersioned("k")).isNull();
    assertThat(cache.replace("k", "v", new EntryVersion(1))).isFalse();
    assertThat(cache.remove("k", new EntryVersion(1))).isFalse();
    assertThat(cache.replace("k", "v", EntryOptions.eternal())).isFalse();
    assertThat(cache.touch("k", Duration.ofHours(1))).isFalse();
    assertThat(cache.touchAll(Set.of("k", "a"), Duration.ofHours(1))).isEmpty();
    assertThat(cache.removeEach(Set.of("k", "a"))).isEmpty();
    assertThat(cache.append("k", "v")).isFalse();
    assertThat(cache.prepend("k", "v")).isFalse();
    assertThat(cache.keys()).isEmpty();
    assertThat(cache.approximateSize()).isZero();
    assertThat(cache.nodes()).isEmpty();
    assertThat(cache.async().get("k").toCompletableFuture().join()).isNull();
  }

  @Test
  void computesEachTime() {
    MemcachedCache<String, String> cache = create(String.class);
    AtomicInteger calls = new AtomicInteger();

    assertThat(cache.getOrCompute("k", key -> key + calls.incrementAndGet())).isEqualTo("k1");
    assertThat(cache.getOrCompute("k", key -> key + calls.incrementAndGet())).isEqualTo("k2");
  }

  @Test
  void createsEachCounterAnew() {
    MemcachedCache<String, Long> cache = create(Long.class);

    assertThat(cache.increment("k", 1)).isEmpty();
    assertThat(cache.increment("k", 1, 5)).isEqualTo(5);
    assertThat(cache.increment("k", 1, 5)).isEqualTo(5);
    assertThat(cache.decrement("k", 1)).isEmpty();
  }
}
