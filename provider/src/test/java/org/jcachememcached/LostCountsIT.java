package org.jcachememcached;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.jcachememcached.testing.Patience.await;

import java.net.URI;
import java.time.Duration;
import javax.cache.CacheException;
import org.jcachememcached.testing.FaultyProxy;
import org.jcachememcached.testing.MemcachedServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Counts and appends whose reply is lost: reported as unknown, and never carried out twice. */
class LostCountsIT {

  private static final Duration TIMEOUT = Duration.ofMillis(500);

  private static MemcachedServer server;

  @BeforeAll
  static void startServer() {
    server = MemcachedServer.start();
  }

  @AfterAll
  static void stopServer() {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"degrade", "throw"})
  void areUnknown(String policy) {
    try (FaultyProxy proxy = FaultyProxy.to(server.socketAddress());
        MemcachedCachingProvider provider = new MemcachedCachingProvider()) {
      MemcachedCache<String, Long> numbers = open(provider, proxy, policy, Long.class);
      MemcachedCache<String, String> texts = open(provider, proxy, policy, String.class);
      awaitStored(numbers, 7L);
      awaitStored(texts, "a");

      loseReply(proxy, () -> numbers.increment("k", 1));
      awaitValue(numbers, 8L);
      loseReply(proxy, () -> numbers.increment("k", 1, 1));
      awaitValue(numbers, 9L);
      loseReply(proxy, () -> texts.append("k", "b"));
      awaitValue(texts, "ab");
    }
  }

  /** Request and reply take so long that only the request arrives within the timeout. */
  private static void loseReply(FaultyProxy proxy, Runnable call) {
    proxy.delay(TIMEOUT.multipliedBy(3).dividedBy(4));
    assertThatExceptionOfType(CacheException.class)
        .isThrownBy(call::run)
        .withMessageContaining("whether it took effect is unknown");
    proxy.delay(Duration.ZERO);
  }

  private static <V> void awaitStored(MemcachedCache<String, V> cache, V value) {
    await()
        .ignoreExceptionsInstanceOf(CacheException.class)
        .until(
            () -> {
              cache.put("k", value);
              return value.equals(cache.get("k"));
            });
  }

  /** The value, once what was late has gone through the network. */
  private static <V> void awaitValue(MemcachedCache<String, V> cache, V expected) {
    await()
        .ignoreExceptionsInstanceOf(CacheException.class)
        .untilAsserted(() -> assertThat(cache.get("k")).isEqualTo(expected));
  }

  @SuppressWarnings("unchecked")
  private static <V> MemcachedCache<String, V> open(
      MemcachedCachingProvider provider, FaultyProxy proxy, String policy, Class<V> type) {
    URI uri =
        URI.create(
            "memcached://%s/?timeout=%dms&codec=string&connections=1&on.failure=%s"
                .formatted(proxy.address(), TIMEOUT.toMillis(), policy));
    MemcachedCache<String, V> cache =
        provider
            .getCacheManager(uri, null)
            .createCache(
                type.getSimpleName() + policy,
                new MemcachedConfiguration<String, V>().setTypes(String.class, type))
            .unwrap(MemcachedCache.class);
    await()
        .ignoreExceptionsInstanceOf(CacheException.class)
        .until(() -> cache.getAndRemove("other") == null);
    return cache;
  }
}
