package org.jcachememcached;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.configuration.MutableConfiguration;
import org.jcachememcached.testing.MemcachedServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

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

    private final ServerCaches caches = new ServerCaches(server);

    /** The settings of the manager, as the query of its URI. */
    abstract String settings();

    @Override
    public <K, V> Cache<K, V> create(MutableConfiguration<K, V> configuration) {
      return caches.create(settings(), configuration);
    }

    @Override
    public void pass(Duration time) {
      ServerCaches.pass(time);
    }

    /** memcached may search the memory behind an item for a minus sign, see CountReversal. */
    @Test
    void aCounterAtTheLimitStaysWhateverTheMemoryBehindItHolds() {
      fillFreeMemoryWithMinusSigns();
      MemcachedCache<String, Long> cache =
          MemcachedCache.of(
              create(new MutableConfiguration<String, Long>().setTypes(String.class, Long.class)));
      cache.put("k", Long.MAX_VALUE);

      assertThatExceptionOfType(CacheException.class)
          .isThrownBy(() -> cache.increment("k", 1))
          .withCauseInstanceOf(ArithmeticException.class);

      assertThat(cache.get("k")).isEqualTo(Long.MAX_VALUE);
    }

    private void fillFreeMemoryWithMinusSigns() {
      for (int size = 10; size < 250; size += 5) {
        for (int i = 0; i < 10; i++) {
          String data = "-".repeat(size);
          assertThat(server.command("set filler" + i + " 0 0 " + size + "\r\n" + data))
              .isEqualTo("STORED");
        }
        for (int i = 0; i < 10; i++) {
          assertThat(server.command("delete filler" + i)).isEqualTo("DELETED");
        }
      }
    }

    @AfterEach
    void close() {
      caches.close();
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
