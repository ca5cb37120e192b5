package org.jcachememcached;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import javax.cache.Cache;
import javax.cache.configuration.MutableConfiguration;
import org.jcachememcached.api.MigrationStats;
import org.jcachememcached.testing.MemcachedServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Caches on a server at a Unix socket. */
class UnixSocketCachesIT extends BeyondJCacheContract {

  private static final int KEYS = 300;

  @TempDir private static Path directory;

  private static MemcachedServer server;
  private static ServerCaches caches;

  @BeforeAll
  static void startServer() {
    server = MemcachedServer.startAt(directory.resolve("memcached.sock"));
    caches = new ServerCaches(server);
  }

  @AfterAll
  static void stopServer() {
    server.close();
  }

  @AfterEach
  void close() {
    caches.close();
    server.command("flush_all");
  }

  @Override
  public <K, V> Cache<K, V> create(MutableConfiguration<K, V> configuration) {
    return caches.create("timeout=5s", configuration);
  }

  @Override
  public void pass(Duration time) {
    ServerCaches.pass(time);
  }

  @Test
  void iterationAndClearFindAllEntries() {
    Cache<Integer, String> cache = create(integersToStrings());
    Map<Integer, String> entries = fill(cache);

    Map<Integer, String> found = new HashMap<>();
    cache.forEach(entry -> found.put(entry.getKey(), entry.getValue()));
    assertThat(found).isEqualTo(entries);

    cache.clear();
    assertThat(cache.iterator().hasNext()).isFalse();
    assertThat(cache.unwrap(MemcachedCache.class).approximateSize()).isZero();
  }

  @Test
  void entriesMoveFromATcpPortToTheSocket() {
    try (MemcachedServer old = MemcachedServer.start();
        MemcachedCachingProvider provider = new MemcachedCachingProvider()) {
      Map<Integer, String> entries = fill(moved(provider, "servers:" + old.address()));
      Cache<Integer, String> cache =
          moved(
              provider,
              "servers:%s;fallback.servers:%s".formatted(server.address(), old.address()));

      assertThat(cache.getAll(entries.keySet())).isEqualTo(entries);

      MigrationStats stats = Objects.requireNonNull(cache.unwrap(MigrationStats.class));
      assertThat(stats.migratedEntries()).isEqualTo(KEYS);
      old.stop();
      assertThat(cache.getAll(entries.keySet())).isEqualTo(entries);
    }
  }

  private static Cache<Integer, String> moved(MemcachedCachingProvider provider, String settings) {
    URI uri = URI.create("memcached:move;timeout:5s;" + settings);
    return provider.getCacheManager(uri, null).createCache("moved", integersToStrings());
  }

  private static MutableConfiguration<Integer, String> integersToStrings() {
    return new MutableConfiguration<Integer, String>().setTypes(Integer.class, String.class);
  }

  private static Map<Integer, String> fill(Cache<Integer, String> cache) {
    Map<Integer, String> entries = new HashMap<>();
    for (int key = 0; key < KEYS; key++) {
      entries.put(key, "value " + key);
    }
    cache.putAll(entries);
    return entries;
  }
}
