package org.jcachememcached;

import java.net.URI;
import java.time.Duration;
import java.util.Properties;
import javax.cache.Cache;
import javax.cache.configuration.MutableConfiguration;
import org.jcachememcached.testing.MemcachedServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;

/** What a cache has beyond JCache, on memcached and behind each decorator. */
class BeyondJCacheIT {

  private static MemcachedServer server;
  private static MemcachedServer old;

  @BeforeAll
  static void startServers() {
    server = MemcachedServer.start();
    old = MemcachedServer.start();
  }

  @AfterAll
  static void stopServers() {
    server.close();
    old.close();
  }

  /** On memcached. */
  private abstract static class OnMemcached extends BeyondJCacheContract {

    private final MemcachedCachingProvider provider = new MemcachedCachingProvider();
    private int caches;

    /** The settings of the manager, as the query of its URI. */
    abstract String settings();

    @Override
    public <K, V> Cache<K, V> create(MutableConfiguration<K, V> configuration) {
      return provider
          .getCacheManager(
              URI.create("memcached://" + server.address() + "/?" + settings()),
              getClass().getClassLoader(),
              new Properties())
          .createCache("cache" + caches++, configuration);
    }

    @Override
    public void pass(Duration time) {
      try {
        Thread.sleep(time.toMillis());
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }

    @AfterEach
    void close() {
      provider.close();
      server.command("flush_all");
      old.command("flush_all");
    }
  }

  @Nested
  class WithDefaults extends OnMemcached {
    @Override
    String settings() {
      return "timeout=5s";
    }
  }

  @Nested
  class WithGenerations extends OnMemcached {
    @Override
    String settings() {
      return "timeout=5s&clear=generation";
    }
  }

  @Nested
  class WhileMoving extends OnMemcached {
    @Override
    String settings() {
      return "timeout=5s&fallback.servers=" + old.address();
    }
  }
}
