package org.jcachememcached;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.net.URI;
import java.util.List;
import java.util.Properties;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.cache.Cache;
import javax.cache.configuration.MutableConfiguration;
import org.jcachememcached.api.NodeMXBean;
import org.jcachememcached.testing.MemcachedServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The view of the keys on three servers and behind each decorator, and these servers. */
class KeyListingIT {

  private static List<MemcachedServer> servers;
  private static List<MemcachedServer> old;

  @BeforeAll
  static void startServers() {
    servers = Stream.generate(MemcachedServer::start).limit(3).toList();
    old = Stream.generate(MemcachedServer::start).limit(2).toList();
  }

  @AfterAll
  static void stopServers() {
    servers.forEach(MemcachedServer::close);
    old.forEach(MemcachedServer::close);
  }

  private static String addresses(List<MemcachedServer> servers) {
    return String.join("+", servers.stream().map(MemcachedServer::address).toList());
  }

  /** On memcached. */
  private abstract static class OnMemcached extends KeyListingContract {

    final MemcachedCachingProvider provider = new MemcachedCachingProvider();
    private int caches;

    /** The settings of the manager, as the query of its URI. */
    abstract String settings();

    @Override
    <K, V> Cache<K, V> create(MutableConfiguration<K, V> configuration) {
      return manager("/?timeout=5s" + settings()).createCache("cache" + caches++, configuration);
    }

    MemcachedCacheManager manager(String query) {
      return manager(servers, query);
    }

    MemcachedCacheManager manager(List<MemcachedServer> servers, String query) {
      return (MemcachedCacheManager)
          provider.getCacheManager(
              URI.create("memcached://" + addresses(servers) + query),
              getClass().getClassLoader(),
              new Properties());
    }

    @AfterEach
    void close() {
      provider.close();
      servers.forEach(server -> server.command("flush_all"));
      old.forEach(server -> server.command("flush_all"));
    }
  }

  @Nested
  class WithDefaults extends OnMemcached {
    @Override
    String settings() {
      return "";
    }

    @Test
    void nodesAreInTheOrderOfTheSetting() {
      MemcachedCacheManager manager = manager("/nodes?timeout=5s");
      Cache<String, String> cache = manager.createCache("all", TestCaches.configuration());
      MemcachedCache<?, ?> elsewhere =
          manager
              .createCache(
                  "elsewhere",
                  new MemcachedConfiguration<String, String>().setServers(addresses(old)))
              .unwrap(MemcachedCache.class);
      IntStream.range(0, 100).forEach(i -> cache.put("k" + i, "v"));

      assertThat(manager.nodes())
          .extracting(NodeMXBean::getServer)
          .containsExactlyElementsOf(servers.stream().map(MemcachedServer::address).toList());
      assertThat(manager.nodes()).extracting(NodeMXBean::getState).containsOnly("READY");
      assertThat(manager.nodes().stream().mapToLong(NodeMXBean::getItems).sum())
          .isGreaterThanOrEqualTo(100);
      MemcachedCache<?, ?> onAll = cache.unwrap(MemcachedCache.class);
      assertThat(onAll.nodes()).isEqualTo(manager.nodes());
      assertThat(elsewhere.nodes())
          .extracting(NodeMXBean::getServer)
          .containsExactlyElementsOf(old.stream().map(MemcachedServer::address).toList());

      List<NodeMXBean> nodes = manager.nodes();
      manager.close();
      assertThat(nodes).extracting(NodeMXBean::getServer).hasSize(3);
      assertThatIllegalStateException().isThrownBy(manager::nodes);
    }
  }

  @Nested
  class WithGenerations extends OnMemcached {
    @Override
    String settings() {
      return "&clear=generation";
    }
  }

  @Nested
  class WhileMoving extends OnMemcached {
    @Override
    String settings() {
      return "&fallback.servers=" + addresses(old);
    }
  }

  @Nested
  class WhileMovingAndWritingToBoth extends OnMemcached {
    @Override
    String settings() {
      return "&fallback.servers=" + addresses(old) + "&fallback.writes=both";
    }

    @Test
    @SuppressWarnings("unchecked")
    void aKeyOnBothGroupsIsListedOnce() {
      Cache<Integer, String> before =
          manager(old, "/moved?timeout=5s")
              .createCache("moved", new MutableConfiguration<Integer, String>());
      IntStream.range(0, 1000).forEach(i -> before.put(i, "v"));
      MemcachedCache<Integer, String> moving =
          manager("/moved?timeout=5s" + settings())
              .createCache("moved", new MutableConfiguration<Integer, String>())
              .unwrap(MemcachedCache.class);
      IntStream.range(500, 600).forEach(i -> moving.get(i));
      IntStream.range(1000, 1100).forEach(i -> moving.put(i, "w"));
      List<Integer> all = IntStream.range(0, 1100).boxed().toList();

      assertThat(moving.keys()).containsExactlyInAnyOrderElementsOf(all);
      assertThat(moving.approximateSize()).isEqualTo(1100);
      assertThat(moving.nodes()).hasSize(3);
    }
  }
}
