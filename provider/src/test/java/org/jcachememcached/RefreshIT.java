package org.jcachememcached;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jcachememcached.api.EntryOptions.expireAfter;
import static org.jcachememcached.testing.Patience.await;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.cache.configuration.FactoryBuilder.SingletonFactory;
import org.jcachememcached.testing.MemcachedServer;
import org.jcachememcached.testing.RecordingLoader;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Entries are refreshed by one of several managers on memcached, behind each decorator. */
class RefreshIT {

  private static final String SETTINGS =
      "timeout=10s&expiry=created 10 minutes&refresh.ahead=1 minute&stale.for=1 minute";
  private static final int MANAGERS = 3;
  private static final int CALLERS = 8;

  private static MemcachedServer server;
  private static MemcachedServer other;

  private final List<MemcachedCachingProvider> providers = new ArrayList<>();
  private final CountDownLatch mayEnd = new CountDownLatch(1);
  private final AtomicInteger loads = new AtomicInteger();
  private final AtomicInteger reads = new AtomicInteger();
  private final AtomicBoolean ended = new AtomicBoolean();
  private final ExecutorService pool = Executors.newCachedThreadPool();
  private final RecordingLoader loader =
      new RecordingLoader(
          key -> {
            int load = loads.incrementAndGet();
            awaitEnd();
            return "new " + load;
          });

  private void awaitEnd() {
    try {
      mayEnd.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

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
  void close() {
    mayEnd.countDown();
    ended.set(true);
    pool.shutdown();
    providers.forEach(MemcachedCachingProvider::close);
    server.command("flush_all");
    other.command("flush_all");
  }

  static Stream<String> decorators() {
    return Stream.of(
        "",
        "&clear=generation",
        "&near.cache=true&near.ttl=100ms",
        "&fallback.servers=" + other.address());
  }

  @SuppressWarnings("unchecked")
  private MemcachedCache<String, String> open(String settings) {
    MemcachedCachingProvider provider = new MemcachedCachingProvider();
    providers.add(provider);
    String uri = "memcached://" + server.address() + "/app?" + (SETTINGS + settings);
    MemcachedConfiguration<String, String> configuration = new MemcachedConfiguration<>();
    configuration.setCacheLoaderFactory(new SingletonFactory<>(loader)).setReadThrough(true);
    return provider
        .getCacheManager(URI.create(uri.replace(" ", "%20")), null)
        .createCache("cache", configuration)
        .unwrap(MemcachedCache.class);
  }

  @ParameterizedTest
  @MethodSource("decorators")
  void isDoneOnceWhileAllCallersAreServed(String decorator) {
    List<MemcachedCache<String, String>> caches =
        Stream.generate(() -> open(decorator)).limit(MANAGERS).toList();
    caches.get(0).put("k", "old", expireAfter(Duration.ofSeconds(50)));
    List<CompletableFuture<Set<@Nullable String>>> callers =
        IntStream.range(0, MANAGERS * CALLERS)
            .mapToObj(
                i -> CompletableFuture.supplyAsync(() -> read(caches.get(i % MANAGERS)), pool))
            .toList();

    await().until(() -> loads.get() > 0 && reads.get() > 10_000);
    mayEnd.countDown();
    caches.forEach(cache -> await().until(() -> "new 1".equals(cache.get("k"))));
    ended.set(true);

    assertThat(callers).allSatisfy(caller -> assertThat(caller.join()).isSubsetOf("old", "new 1"));
    assertThat(loader.calls()).containsExactly("load k");
  }

  /** Reads until the end; what was found. */
  private Set<@Nullable String> read(MemcachedCache<String, String> cache) {
    Set<@Nullable String> found = new HashSet<>();
    while (!ended.get()) {
      found.add(cache.get("k"));
      reads.incrementAndGet();
    }
    return found;
  }

  @ParameterizedTest
  @MethodSource("decorators")
  void isDoneAfterTheEndOfAnEntry(String decorator) throws InterruptedException {
    MemcachedCache<String, String> cache = open(decorator);
    cache.put("k", "old", expireAfter(Duration.ofSeconds(1)));
    Thread.sleep(3_100);

    assertThat(cache.get("k")).isEqualTo("old");
    assertThat(cache.containsKey("k")).isFalse();
    mayEnd.countDown();

    await().until(() -> "new 1".equals(cache.get("k")));
    assertThat(loader.calls()).containsExactly("load k");
  }

  @Test
  void isDoneAgainAfterAnEntryIsMarkedAsStaleMeanwhile() {
    MemcachedCache<String, String> cache = open("");
    MemcachedCache<String, String> rival = open("");
    cache.put("k", "old");
    cache.markStale("k");
    assertThat(cache.get("k")).isEqualTo("old");
    await().until(() -> loads.get() > 0);

    rival.markStale("k");
    mayEnd.countDown();

    await().until(() -> "new 2".equals(cache.get("k")));
  }
}
