package org.jcachememcached;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jcachememcached.testing.Patience.await;
import static org.jcachememcached.testing.Patience.undisturbed;

import java.lang.management.ManagementFactory;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.Caching;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.expiry.CreatedExpiryPolicy;
import javax.cache.expiry.Duration;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import net.spy.memcached.MemcachedClient;
import org.jcachememcached.testing.ChildJvm;
import org.jcachememcached.testing.MemcachedServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The provider as an application and its operators meet it. */
class ProviderIT {

  private static MemcachedServer server;

  private MemcachedCachingProvider provider;

  @BeforeAll
  static void startServer() {
    server = MemcachedServer.start();
  }

  @AfterAll
  static void stopServer() {
    server.close();
  }

  @BeforeEach
  void createProvider() {
    provider = new MemcachedCachingProvider();
  }

  @AfterEach
  void closeProvider() {
    provider.close();
    server.command("flush_all");
  }

  @Test
  void isFoundOnTheClassPath() {
    assertThat(Caching.getCachingProviders())
        .singleElement()
        .isInstanceOf(MemcachedCachingProvider.class)
        .isSameAs(Caching.getCachingProvider());
  }

  @Test
  void theEnvironmentNamesTheServers() {
    Map<String, String> environment = Map.of("MEMCACHED_SERVERS", server.address() + ":3");
    assertThatAJvmFindsTheServer(environment, "memcached:///");
  }

  @Test
  void theEnvironmentNamesTheUri() {
    String uri = "memcached://" + server.address() + "/?timeout=2s";
    assertThatAJvmFindsTheServer(
        Map.of("JCACHE_MEMCACHED_URI", uri, "MEMCACHED_SERVERS", "127.0.0.1:1"), uri);
  }

  @Test
  void anApplicationHasItsOwnVariable() {
    Map<String, String> environment =
        Map.of("SHOP_MEMCACHED_SERVERS", server.address(), "MEMCACHED_SERVERS", "127.0.0.1:1");
    String uri = "memcached:/?env.prefix=SHOP";
    assertThatAJvmFindsTheServer(environment, uri, uri);
  }

  private void assertThatAJvmFindsTheServer(
      Map<String, String> environment, String managersUri, String... arguments) {
    try (ChildJvm other = ChildJvm.start(List.of(), environment, RemoteCache.class, arguments)) {
      assertThat(ask(other, "uri")).isEqualTo(managersUri);
      Cache<String, String> cache = RemoteCache.create(manager(""));
      // The other JVM has the default timeout, and everything yet to load.
      await()
          .untilAsserted(
              () -> {
                assertThat(ask(other, "put k there")).isEqualTo("done");
                assertThat(cache.get("k")).isEqualTo("there");
              });
      other.awaitEnd();
    }
  }

  @Test
  void twoJvmsShareTheEntriesOfACache() {
    Cache<String, String> cache = RemoteCache.create(manager(""));
    try (ChildJvm other = ChildJvm.start(RemoteCache.class, uri("").toString())) {
      assertThat(ask(other, "put k there")).isEqualTo("done");
      assertThat(cache.get("k")).isEqualTo("there");
      cache.put("k", "here");
      assertThat(ask(other, "get k")).isEqualTo("here");

      assertThat(ask(other, "close")).isEqualTo("done");
      assertThat(cache.get("k")).isEqualTo("here");
      other.awaitEnd();
    }
    assertThat(cache.get("k")).isEqualTo("here");
  }

  @Test
  void whoDestroysACacheEmptiesItForAll() {
    Cache<String, String> cache = RemoteCache.create(manager(""));
    Cache<String, String> neighbour = RemoteCache.create(manager("other"));
    cache.put("k", "here");
    neighbour.put("k", "stays");
    try (ChildJvm other = ChildJvm.start(RemoteCache.class, uri("").toString())) {
      assertThat(ask(other, "get k")).isEqualTo("here");
      assertThat(ask(other, "destroy")).isEqualTo("done");
      assertThat(cache.get("k")).isNull();
      assertThat(neighbour.get("k")).isEqualTo("stays");
      cache.put("k", "again");
      assertThat(cache.get("k")).isEqualTo("again");
      other.awaitEnd();
    }
  }

  private static String ask(ChildJvm other, String command) {
    other.send(command);
    return other.readLine();
  }

  @Test
  void serversTakeTheirShareByWeight() {
    try (MemcachedServer heavy = MemcachedServer.start()) {
      Cache<Integer, String> cache =
          provider
              .getCacheManager(
                  URI.create(
                      "memcached://"
                          + server.address()
                          + ","
                          + heavy.address()
                          + ":3/?timeout=10s"),
                  null)
              .createCache("spread", new MutableConfiguration<Integer, String>());
      Map<Integer, String> entries =
          IntStream.range(0, 4_000).boxed().collect(Collectors.toMap(i -> i, i -> "v" + i));
      cache.putAll(entries);
      assertThat(cache.getAll(entries.keySet())).isEqualTo(entries);
      assertThat(count(heavy, "curr_items")).isBetween(2_500L, 3_500L);
      assertThat(count(server, "curr_items") + count(heavy, "curr_items")).isEqualTo(4_000);
    }
  }

  @Test
  void managersWithTheSameSettingsShareAConnection() {
    // A connection that takes its time is replaced by another one.
    undisturbed(
        () -> {
          provider.close();
          long before = count(server, "total_connections");
          RemoteCache.create(manager("one?connections=1")).put("k", "v");
          RemoteCache.create(manager("two?connections=1")).put("k", "v");
          long shared = count(server, "total_connections");
          RemoteCache.create(manager("three?connections=1&scan.timeout=3s")).put("k", "v");
          long separate = count(server, "total_connections");
          // The query for the statistics is a connection as well.
          assertThat(shared - before - 1).isEqualTo(1);
          assertThat(separate - shared - 1).isEqualTo(1);
        });
  }

  @Test
  void aManagersEndIsNotTheEndOfASharedConnection() {
    CacheManager one = manager("one");
    RemoteCache.create(one).put("k", "v");
    Cache<String, String> cache = RemoteCache.create(manager("two"));
    cache.put("k", "v");
    one.close();
    assertThat(cache.get("k")).isEqualTo("v");
  }

  @Test
  void theClientCanBeUsedBesideTheCache() throws Exception {
    CacheManager manager = manager("");
    Cache<String, String> cache = RemoteCache.create(manager);
    cache.put("k", "ours");
    MemcachedClient client = manager.unwrap(MemcachedClient.class);
    assertThat(cache.unwrap(MemcachedClient.class)).isSameAs(client);

    assertThat(client.set("beside", 0, "text").get(5, TimeUnit.SECONDS)).isTrue();
    assertThat(client.get("beside")).isEqualTo("text");
    assertThat(client.getBulk("beside", "absent")).containsOnlyKeys("beside");
    assertThat(client.incr("counter", 1, 41)).isEqualTo(41);
    assertThat(client.incr("counter", 1)).isEqualTo(42);
    assertThat(cache.get("k")).isEqualTo("ours");
  }

  @Test
  void beansAreThereOnceForCreatedAndLookedUpCaches() throws Exception {
    CacheManager manager = manager("beans");
    Cache<String, String> cache =
        manager.createCache(
            "watched",
            new MutableConfiguration<String, String>()
                .setManagementEnabled(true)
                .setStatisticsEnabled(true));
    assertThat(manager.getCache("watched")).isSameAs(cache);
    manager.enableStatistics("watched", true);
    manager.enableManagement("watched", true);
    cache.put("k", "v");
    cache.get("k");
    cache.get("absent");

    MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
    ObjectName statistics = onlyBean("CacheStatistics");
    assertThat(beans.getAttribute(statistics, "CacheHits")).isEqualTo(1L);
    assertThat(beans.getAttribute(statistics, "CacheMisses")).isEqualTo(1L);
    assertThat(beans.getAttribute(statistics, "CachePuts")).isEqualTo(1L);
    assertThat(beans.getAttribute(onlyBean("CacheConfiguration"), "StoreByValue")).isEqualTo(true);

    cache.close();
    assertThat(beansOfWatched("CacheStatistics")).isEmpty();
    assertThat(beansOfWatched("CacheConfiguration")).isEmpty();
  }

  private static ObjectName onlyBean(String type) throws Exception {
    Set<ObjectName> names = beansOfWatched(type);
    assertThat(names).hasSize(1);
    return names.iterator().next();
  }

  private static Set<ObjectName> beansOfWatched(String type) throws Exception {
    ObjectName pattern = new ObjectName("javax.cache:type=" + type + ",Cache=watched,*");
    return ManagementFactory.getPlatformMBeanServer().queryNames(pattern, null);
  }

  @Test
  void theServerForgetsWhatHasExpiredButNeverTooEarly() {
    Cache<String, String> cache =
        manager("")
            .createCache(
                "expiring",
                new MutableConfiguration<String, String>()
                    .setExpiryPolicyFactory(
                        CreatedExpiryPolicy.factoryOf(new Duration(TimeUnit.MILLISECONDS, 1_200))));
    Instant earliest = Instant.now().plusMillis(1_200);
    cache.put("k", "v");

    await().pollInterval(java.time.Duration.ofMillis(5)).until(() -> cache.get("k") == null);
    assertThat(Instant.now()).isAfterOrEqualTo(earliest);
    await().until(ProviderIT::isForgotten);
  }

  /** The server removes expired items at its own pace, unless a command triggers it. */
  private static boolean isForgotten() {
    server.command("lru_crawler crawl all");
    return count(server, "curr_items") == 0;
  }

  private CacheManager manager(String pathAndQuery) {
    return provider.getCacheManager(uri(pathAndQuery), null);
  }

  private static URI uri(String pathAndQuery) {
    String timeout = (pathAndQuery.contains("?") ? "&" : "?") + "timeout=10s";
    return URI.create("memcached://" + server.address() + "/" + pathAndQuery + timeout);
  }

  private static long count(MemcachedServer server, String name) {
    return Long.parseLong(server.stats().get(name));
  }
}
