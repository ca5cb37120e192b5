package org.jcachememcached;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Properties;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.configuration.MutableConfiguration;
import net.spy.memcached.MemcachedClient;
import org.jcachememcached.testing.MemcachedServer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** An application's caches on several groups of servers, by configuration alone. */
class CacheGroupsIT {

  private static MemcachedServer common;
  private static MemcachedServer reports;

  private final MemcachedCachingProvider provider = new MemcachedCachingProvider();

  @BeforeAll
  static void startServers() {
    common = MemcachedServer.start();
    reports = MemcachedServer.start();
  }

  @AfterAll
  static void stopServers() {
    common.close();
    reports.close();
  }

  @AfterEach
  void close() {
    provider.close();
  }

  private CacheManager manager(String... properties) {
    Properties given = new Properties();
    for (int i = 0; i < properties.length; i += 2) {
      given.setProperty(properties[i], properties[i + 1]);
    }
    return provider.getCacheManager(
        URI.create("memcached://" + common.address() + "/groups?timeout=10s"), null, given);
  }

  private static MemcachedClient client(Cache<?, ?> cache) {
    return cache.unwrap(MemcachedClient.class);
  }

  private static @Nullable String items(MemcachedServer server) {
    return server.stats().get("curr_items");
  }

  @Test
  void cacheHasServersOfItsOwn() {
    CacheManager manager = manager("memcached.cache.reports.servers", reports.address());
    Cache<String, String> users = manager.createCache("users", new MutableConfiguration<>());
    Cache<String, String> monthly = manager.createCache("reports", new MutableConfiguration<>());
    users.put("ada", "36");
    monthly.put("may", "1");
    monthly.put("june", "2");

    assertThat(items(common)).isEqualTo("1");
    assertThat(items(reports)).isEqualTo("2");

    manager.destroyCache("reports");
    assertThat(items(reports)).isEqualTo("0");
    assertThat(users.get("ada")).isEqualTo("36");
    users.clear();
  }

  @Test
  void cachesOfOneGroupShareAClient() {
    CacheManager manager =
        manager("memcached.cache.a.client", "bulk", "memcached.cache.b.client", "bulk");
    Cache<String, String> a = manager.createCache("a", new MutableConfiguration<>());
    Cache<String, String> b = manager.createCache("b", new MutableConfiguration<>());
    Cache<String, String> c = manager.createCache("c", new MutableConfiguration<>());
    Cache<String, String> d =
        manager.createCache("d", new MemcachedConfiguration<String, String>().setClient("own"));

    assertThat(client(a)).isSameAs(client(b)).isNotSameAs(client(c));
    assertThat(client(d)).isNotSameAs(client(a)).isNotSameAs(client(c));
    assertThat(client(c)).isSameAs(manager.unwrap(MemcachedClient.class));
  }

  @Test
  void clientOfAGroupIsClosedWithItsLastCache() {
    CacheManager manager = manager();
    MemcachedConfiguration<String, String> group =
        new MemcachedConfiguration<String, String>().setClient("bulk");
    Cache<String, String> a = manager.createCache("a", group);
    Cache<String, String> b = manager.createCache("b", group);
    a.close();
    b.put("k", "v");

    assertThat(b.get("k")).isEqualTo("v");
    MemcachedClient before = client(b);
    b.close();
    Cache<String, String> again = manager.createCache("b", group);

    assertThat(again.get("k")).isEqualTo("v");
    assertThat(client(again)).isNotSameAs(before);
    again.clear();
  }
}
