package org.jcachememcached;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.jcachememcached.api.EntryOptions.tagged;
import static org.jcachememcached.testing.Patience.await;

import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.configuration.MutableConfiguration;
import org.jcachememcached.testing.ChildJvm;
import org.jcachememcached.testing.MemcachedServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The tags of entries on memcached: behind each decorator, on other servers, in two JVMs. */
class TagsIT {

  private static MemcachedServer server;
  private static MemcachedServer other;

  private final MemcachedCachingProvider here = new MemcachedCachingProvider();
  private final MemcachedCachingProvider there = new MemcachedCachingProvider();

  @BeforeAll
  static void startServers() {
    server = MemcachedServer.start();
    other = MemcachedServer.start();
  }

  @AfterAll
  static void stopServers() {
    server.close();
    other.close();
  }

  @AfterEach
  void removeEntries() {
    here.close();
    there.close();
    server.command("flush_all");
    other.command("flush_all");
  }

  /** On memcached. */
  private abstract static class OnMemcached extends TagsContract {

    private final ServerCaches caches = new ServerCaches(server);

    /** The settings of the manager, as the query of its URI. */
    abstract String settings();

    @Override
    <K, V> Cache<K, V> create(MutableConfiguration<K, V> configuration) {
      return caches.create(settings(), configuration);
    }

    @Override
    void pass(Duration time) {
      ServerCaches.pass(time);
    }

    @AfterEach
    void close() {
      caches.close();
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
      return "timeout=5s&fallback.servers=" + other.address();
    }
  }

  @Nested
  class WhileMovingBoth extends OnMemcached {
    @Override
    String settings() {
      return "timeout=5s&fallback.writes=both&fallback.servers=" + other.address();
    }
  }

  private static MemcachedCacheManager manager(
      MemcachedCachingProvider provider, String servers, String settings) {
    return provider
        .getCacheManager(URI.create("memcached://" + servers + "/app?" + settings), null)
        .unwrap(MemcachedCacheManager.class);
  }

  @SuppressWarnings("unchecked")
  private static MemcachedCache<String, String> cache(
      MemcachedCacheManager manager, String name, String servers) {
    return manager
        .createCache(name, new MemcachedConfiguration<String, String>().setServers(servers))
        .unwrap(MemcachedCache.class);
  }

  @Test
  void oneInvalidationIsForTheCachesOfAllServersAndAllClients() {
    MemcachedCacheManager ours = manager(here, server.address(), "timeout=5s");
    MemcachedCacheManager theirs = manager(there, server.address(), "timeout=5s");
    MemcachedCache<String, String> local = cache(ours, "local", server.address());
    MemcachedCache<String, String> distant = cache(ours, "distant", other.address());
    MemcachedCache<String, String> sameAsDistant = cache(theirs, "distant", other.address());
    local.put("k", "1", tagged("t"));
    distant.put("k", "2", tagged("t"));
    assertThat(local.get("k")).isEqualTo("1");
    assertThat(sameAsDistant.get("k")).isEqualTo("2");

    theirs.invalidateTag("t");

    assertThat(local.get("k")).isNull();
    assertThat(distant.get("k")).isNull();
    assertThat(sameAsDistant.get("k")).isNull();
  }

  @Test
  void anotherApplicationHasOtherTags() {
    MemcachedCacheManager ours = manager(here, server.address(), "timeout=5s");
    MemcachedCache<String, String> cache = cache(ours, "cache", server.address());
    cache.put("k", "1", tagged("t"));

    there
        .getCacheManager(URI.create("memcached://" + server.address() + "/other?timeout=5s"), null)
        .unwrap(MemcachedCacheManager.class)
        .invalidateTag("t");

    assertThat(cache.get("k")).isEqualTo("1");
  }

  @Test
  void aTagThatItsServerHasLostMakesEntriesAbsent() {
    MemcachedCacheManager manager = manager(here, server.address(), "timeout=5s");
    MemcachedCache<String, String> cache = cache(manager, "cache", other.address());
    cache.put("k", "1", tagged("t"));
    assertThat(cache.get("k")).isEqualTo("1");

    server.command("delete ~tags:app:t");

    assertThat(cache.get("k")).isNull();
  }

  @Test
  void entriesAreAbsentWhileTheServerOfTheirTagsIsDown() {
    try (MemcachedServer tags = MemcachedServer.start()) {
      MemcachedCacheManager manager =
          manager(here, tags.address(), "timeout=5s&on.failure=degrade");
      MemcachedCache<String, String> cache = cache(manager, "cache", server.address());
      cache.put("k", "1", tagged("t"));
      cache.put("untagged", "2");
      assertThat(cache.get("k")).isEqualTo("1");

      tags.kill();

      assertThat(cache.get("k")).isNull();
      assertThat(cache.get("untagged")).isEqualTo("2");
      assertThatExceptionOfType(CacheException.class)
          .isThrownBy(() -> manager.invalidateTag("t"))
          .withMessageContaining("'t'")
          .withMessageContaining(tags.address());

      tags.restart();
      await()
          .untilAsserted(
              () -> {
                cache.put("k", "3", tagged("t"));
                assertThat(cache.get("k")).isEqualTo("3");
              });
    }
  }

  @Test
  void anInvalidationThatAServerDoesNotConfirmIsMadeGood() {
    try (MemcachedServer tags = MemcachedServer.start()) {
      MemcachedCacheManager ours = manager(here, tags.address(), "timeout=300ms");
      MemcachedCacheManager theirs = manager(there, tags.address(), "timeout=300ms");
      MemcachedCache<String, String> cache = cache(theirs, "cache", server.address());
      await()
          .ignoreExceptionsInstanceOf(CacheException.class)
          .untilAsserted(
              () -> {
                cache.put("k", "1", tagged("t"));
                assertThat(cache.get("k")).isEqualTo("1");
                ours.invalidateTag("unused");
              });

      tags.suspend();
      assertThatExceptionOfType(CacheException.class)
          .isThrownBy(() -> ours.invalidateTag("t"))
          .withMessageContaining("'t'")
          .withMessageContaining(tags.address());
      tags.resume();

      await().untilAsserted(() -> assertThat(tags.command("get ~tags:app:t")).isEqualTo("END"));
      assertThat(cache.get("k")).isNull();
    }
  }

  @Test
  void entriesKeepTheirTagsWhenTheyMoveToOtherServers() {
    MemcachedCacheManager old = manager(here, other.address(), "timeout=5s");
    MemcachedCache<String, String> before = cache(old, "cache", other.address());
    before.put("a", "1", tagged("t"));
    before.put("b", "2", tagged("u"));

    MemcachedCacheManager moving =
        manager(there, server.address(), "timeout=5s&fallback.servers=" + other.address());
    MemcachedCache<String, String> after = beyond(moving.createCache("cache", untyped()));
    assertThat(after.get("a")).isEqualTo("1");
    moving.invalidateTag("t");
    moving.invalidateTag("u");

    assertThat(after.get("a")).isNull();
    assertThat(after.get("b")).isNull();
  }

  private static MutableConfiguration<String, String> untyped() {
    return new MutableConfiguration<>();
  }

  @SuppressWarnings("unchecked")
  private static MemcachedCache<String, String> beyond(Cache<String, String> cache) {
    return cache.unwrap(MemcachedCache.class);
  }

  @Test
  void noReadInAnyJvmThatBeginsAfterAnInvalidationFindsTheEntry() {
    String uri = "memcached://" + server.address() + "/race?timeout=10s";
    TagReaders readers = new TagReaders(here.getCacheManager(URI.create(uri), null));
    try (ChildJvm child = ChildJvm.start(TagReaders.class, uri)) {
      assertThat(child.readLine()).isEqualTo("ready");
      CompletableFuture<String> childsWord = CompletableFuture.supplyAsync(child::readLine);
      readers.start(2);
      long epoch = 0;
      while (epoch < 1_000 || !readers.haveReadEnough() || !childsWord.isDone()) {
        assertThat(++epoch).as("invalidations until both JVMs have read").isLessThan(100_000);
        readers.invalidate(epoch);
      }
      assertThat(childsWord).isCompletedWithValue("enough");
      assertThat(readers.end()).isEmpty();
      assertThat(child.awaitEnd()).containsExactly("[]");
    }
  }
}
