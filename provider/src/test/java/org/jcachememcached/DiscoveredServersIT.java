package org.jcachememcached;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.jcachememcached.testing.Patience.await;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import javax.cache.CacheException;
import javax.cache.configuration.MutableConfiguration;
import org.jcachememcached.api.ServersMXBean;
import org.jcachememcached.internal.config.Server;
import org.jcachememcached.testing.ConfigurationResponder;
import org.jcachememcached.testing.DnsResponder;
import org.jcachememcached.testing.MemcachedServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A cache follows the servers that a source names. */
@SuppressWarnings("unchecked") // The types of unwrapped caches.
class DiscoveredServersIT {

  private final MemcachedServer first = MemcachedServer.start();
  private final MemcachedServer second = MemcachedServer.start();
  private final List<MemcachedCachingProvider> providers = new ArrayList<>();

  @AfterEach
  void stop() {
    providers.forEach(MemcachedCachingProvider::close);
    Stream.of(first, second).forEach(MemcachedServer::close);
  }

  private MemcachedCacheManager manager(String servers, String... more) {
    MemcachedCachingProvider provider = new MemcachedCachingProvider();
    providers.add(provider);
    Properties properties = new Properties();
    properties.setProperty("memcached.servers", servers);
    properties.setProperty("memcached.topology.refresh", "100ms");
    for (int i = 0; i < more.length; i += 2) {
      properties.setProperty("memcached." + more[i], more[i + 1]);
    }
    return provider
        .getCacheManager(URI.create("memcached:/discovered"), null, properties)
        .unwrap(MemcachedCacheManager.class);
  }

  private static MemcachedCache<String, String> cache(MemcachedCacheManager manager) {
    return manager
        .createCache("cache", new MutableConfiguration<String, String>())
        .unwrap(MemcachedCache.class);
  }

  private static List<String> servers(MemcachedCacheManager manager) {
    return manager.unwrap(ServersMXBean.class).getServers();
  }

  private static Server local(MemcachedServer server, String host) {
    return new Server(host, server.port(), 1);
  }

  @Test
  void followsTheRecordsOfDnsServer() {
    try (DnsResponder dns = DnsResponder.start()) {
      dns.answer(List.of(local(first, "localhost")));
      MemcachedCacheManager manager =
          manager("dns:_memcached._tcp.cache.test", "topology.dns", "127.0.0.1:" + dns.port());
      MemcachedCache<String, String> cache = cache(manager);
      cache.put("key", "value");
      assertThat(servers(manager)).containsExactly("localhost:" + first.port());

      dns.answer(List.of(local(second, "localhost")));

      await().until(() -> servers(manager).equals(List.of("localhost:" + second.port())));
      assertThat(cache.get("key")).isEqualTo("value");
      dns.noSuchName();
      await().until(() -> manager.unwrap(ServersMXBean.class).getSourceFailure() != null);
      assertThat(cache.get("key")).isEqualTo("value");
      assertThat(manager.unwrap(ServersMXBean.class).getSource())
          .isEqualTo("dns:_memcached._tcp.cache.test");
    }
  }

  @Test
  void callsFailUntilTheSourceNamesServersAndWhatTheyCouldNotRemoveIsRemovedThen() {
    MemcachedCache<String, String> known = cache(manager(first.address()));
    known.put("key", "old");
    known.put("other", "value");
    try (ConfigurationResponder source = ConfigurationResponder.start()) {
      String name = "elasticache:127.0.0.1:" + source.port();
      MemcachedCacheManager manager = manager(name, "on.failure", "degrade");
      MemcachedCache<String, String> cache = cache(manager);
      assertThat(servers(manager)).isEmpty();
      assertThat(cache.get("other")).isNull();
      cache.remove("key");
      assertThatThrownBy(() -> cache.invoke("other", (entry, arguments) -> entry.getValue()))
          .isInstanceOf(CacheException.class)
          .hasMessageContaining(name);

      source.answer(List.of(local(first, first.host())));

      await().until(() -> servers(manager).size() == 1);
      assertThat(cache.get("key")).isNull();
      assertThat(cache.get("other")).isEqualTo("value");
      assertThat(known.get("key")).isNull();
    }
  }

  @Test
  void sourceIsAskedWhenServerIsLost() {
    try (ConfigurationResponder source = ConfigurationResponder.start()) {
      source.answer(List.of(local(first, first.host())));
      MemcachedCacheManager manager =
          manager(
              "elasticache:127.0.0.1:" + source.port(),
              "topology.refresh",
              "1d",
              "on.failure",
              "degrade");
      MemcachedCache<String, String> cache = cache(manager);
      cache.put("key", "value");

      source.answer(List.of(local(second, second.host())));
      assertThat(servers(manager)).containsExactly(first.address());
      first.kill();

      await().until(() -> servers(manager).equals(List.of(second.address())));
      cache.put("key", "new");
      assertThat(cache.get("key")).isEqualTo("new");
    }
  }

  @Test
  void serversThatWereSetByHandStayUntilTheSourceNamesOthers() {
    try (ConfigurationResponder source = ConfigurationResponder.start()) {
      source.answer(List.of(local(first, first.host())));
      MemcachedCacheManager manager = manager("elasticache:127.0.0.1:" + source.port());
      cache(manager).put("key", "value");

      manager.unwrap(ServersMXBean.class).changeServers(second.address());
      int asked = source.questions();
      await().until(() -> source.questions() > asked + 4);
      assertThat(servers(manager)).containsExactly(second.address());

      source.answer(List.of(local(first, first.host()), local(second, second.host())));
      await().until(() -> servers(manager).size() == 2);
    }
  }
}
