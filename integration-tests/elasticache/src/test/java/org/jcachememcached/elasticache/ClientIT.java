package org.jcachememcached.elasticache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.jcachememcached.testing.Patience.await;
import static org.jcachememcached.testing.Patience.undisturbed;

import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.CacheManager;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.expiry.CreatedExpiryPolicy;
import javax.cache.spi.CachingProvider;
import net.spy.memcached.ClientMode;
import net.spy.memcached.MemcachedClient;
import org.jcachememcached.MemcachedCachingProvider;
import org.jcachememcached.testing.MemcachedServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Caches without TLS, on the AWS client. */
@Timeout(value = 300, unit = TimeUnit.SECONDS)
class ClientIT {

  private static final int INCREMENTS = 500;

  @Test
  void theClientIsTheOneOfAws() {
    assertThat(MemcachedClient.class.getProtectionDomain().getCodeSource().getLocation())
        .hasToString(ClientMode.class.getProtectionDomain().getCodeSource().getLocation() + "")
        .asString()
        .contains("elasticache-java-cluster-client");
  }

  @Test
  void everydayOperations() {
    try (MemcachedServer one = MemcachedServer.start();
        MemcachedServer two = MemcachedServer.start();
        CachingProvider provider = new MemcachedCachingProvider();
        CacheManager manager = manager(provider, one.address() + "," + two.address())) {
      Cache<String, Integer> cache = manager.createCache("c", configuration());
      Map<String, Integer> entries = new HashMap<>();
      for (int i = 0; i < 1000; i++) {
        entries.put("key" + i, i);
      }
      cache.putAll(entries);

      assertThat(cache.getAll(entries.keySet())).isEqualTo(entries);
      assertThat(cache).hasSize(1000);
      assertThat(one.stats().get("curr_items")).isNotEqualTo("0");
      assertThat(two.stats().get("curr_items")).isNotEqualTo("0");
      assertThat(cache.replace("key1", 1, 2)).isTrue();
      assertThat(cache.getAndRemove("key1")).isEqualTo(2);
      assertThat(cache.putIfAbsent("key1", 3)).isTrue();
      cache.clear();
      assertThat(cache).isEmpty();
    }
  }

  @Test
  void entriesExpire() {
    try (MemcachedServer server = MemcachedServer.start();
        CachingProvider provider = new MemcachedCachingProvider();
        CacheManager manager = manager(provider, server.address())) {
      var shortLived = new javax.cache.expiry.Duration(TimeUnit.MILLISECONDS, 100);
      Cache<String, Integer> cache =
          manager.createCache(
              "c",
              configuration().setExpiryPolicyFactory(CreatedExpiryPolicy.factoryOf(shortLived)));
      cache.put("key", 1);

      await().untilAsserted(() -> assertThat(cache.get("key")).isNull());
    }
  }

  @Test
  void noUpdateIsLostBetweenTwoManagers() {
    try (MemcachedServer server = MemcachedServer.start();
        CachingProvider one = new MemcachedCachingProvider();
        CachingProvider two = new MemcachedCachingProvider()) {
      Cache<String, Integer> cache =
          manager(one, server.address()).createCache("c", configuration());
      Cache<String, Integer> same =
          manager(two, server.address()).createCache("c", configuration());

      CompletableFuture.allOf(
              CompletableFuture.runAsync(() -> increment(cache)),
              CompletableFuture.runAsync(() -> increment(same)))
          .join();

      assertThat(cache.get("counter")).isEqualTo(2 * INCREMENTS);
    }
  }

  private static void increment(Cache<String, Integer> cache) {
    for (int i = 0; i < INCREMENTS; i++) {
      cache.invoke(
          "counter",
          (entry, arguments) -> {
            entry.setValue(entry.exists() ? entry.getValue() + 1 : 1);
            return entry.getValue();
          });
    }
  }

  /** The AWS client would ask a server of such a name for the others, and wait for the answer. */
  @Test
  void theNameOfAServerSaysNothingOfWhatItIs() {
    undisturbed(ClientIT::assertThatTheNameSaysNothing);
  }

  private static void assertThatTheNameSaysNothing() {
    try (CachingProvider provider = new MemcachedCachingProvider();
        CacheManager manager = manager(provider, "cluster.cfg.invalid", "1s")) {
      Cache<String, Integer> cache = manager.createCache("c", configuration());
      long begun = System.nanoTime();

      assertThatThrownBy(() -> cache.get("key"))
          .isInstanceOf(CacheException.class)
          .hasMessageContaining("cluster.cfg.invalid");
      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(3));
    }
  }

  private static CacheManager manager(CachingProvider provider, String servers) {
    return manager(provider, servers, "10s");
  }

  private static CacheManager manager(CachingProvider provider, String servers, String timeout) {
    URI uri = URI.create("memcached://" + servers + "/?on.failure=throw&timeout=" + timeout);
    return provider.getCacheManager(uri, null);
  }

  private static MutableConfiguration<String, Integer> configuration() {
    return new MutableConfiguration<String, Integer>().setTypes(String.class, Integer.class);
  }
}
