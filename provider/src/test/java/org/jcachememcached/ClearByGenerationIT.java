package org.jcachememcached;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.jcachememcached.testing.Patience.await;

import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.processor.MutableEntry;
import javax.cache.spi.CachingProvider;
import org.jcachememcached.testing.MemcachedServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two managers, as of two JVMs, that clear a cache on three servers by generation. */
class ClearByGenerationIT {

  private static final int ENTRIES = 300;
  private static final String GENERATION_KEY = "app:cache:generation";

  private final List<MemcachedServer> servers =
      Stream.generate(MemcachedServer::start).limit(3).toList();
  private final CachingProvider oneProvider = new MemcachedCachingProvider();
  private final CachingProvider otherProvider = new MemcachedCachingProvider();
  private Cache<String, Long> one;
  private Cache<String, Long> other;

  @BeforeEach
  void openCaches() {
    one = open(oneProvider);
    other = open(otherProvider);
  }

  private Cache<String, Long> open(CachingProvider provider) {
    String addresses =
        servers.stream().map(MemcachedServer::address).collect(Collectors.joining(","));
    URI uri =
        URI.create(
            "memcached://" + addresses + "/app?timeout=10s&clear=generation&on.failure=throw");
    return provider
        .getCacheManager(uri, null, new Properties())
        .createCache(
            "cache", new MutableConfiguration<String, Long>().setTypes(String.class, Long.class));
  }

  @AfterEach
  void close() {
    oneProvider.close();
    otherProvider.close();
    servers.forEach(MemcachedServer::close);
  }

  @Test
  void aClearIsForAllClients() {
    one.putAll(entries());
    assertThat(other.getAll(entries().keySet())).isEqualTo(entries());

    other.clear();

    assertThat(one).isEmpty();
    assertThat(one.getAll(entries().keySet())).isEmpty();
    one.put("key", 1L);
    assertThat(other.get("key")).isEqualTo(1L);
    assertThat(other).hasSize(1);
  }

  @Test
  void destroyingTheCacheIsForAllClientsToo() {
    one.putAll(entries());
    other.get("key0");

    oneProvider.getCacheManager(one.getCacheManager().getURI(), null).destroyCache("cache");

    assertThat(other.getAll(entries().keySet())).isEmpty();
  }

  @Test
  void removeAllStillRemovesEntryByEntry() {
    one.putAll(entries());

    one.removeAll();

    assertThat(other.getAll(entries().keySet())).isEmpty();
    assertThat(itemsOnServers()).as("nothing is left but the generation").isEqualTo(1);
  }

  @Test
  void whatWasThereBeforeTheServerOfTheGenerationRestartedNeverComesBack() {
    one.putAll(entries());
    other.get("key0");

    serverOfGeneration().restart();
    awaitAnswer(one);
    awaitAnswer(other);

    assertThat(itemsOnServers()).as("entries on the other two servers").isGreaterThan(50);
    assertThat(one.getAll(entries().keySet())).isEmpty();
    assertThat(other.getAll(entries().keySet())).isEmpty();
    assertThat(one).isEmpty();
    other.putAll(entries());
    assertThat(one.getAll(entries().keySet())).isEqualTo(entries());
  }

  @Test
  void whileTheServerOfTheGenerationIsDownNothingIsAnswered() {
    one.putAll(entries());
    MemcachedServer server = serverOfGeneration();

    server.kill();

    List<String> answered =
        entries().keySet().stream().filter(key -> isAnswered(other, key)).toList();
    assertThat(answered).isEmpty();
    server.restart();
    awaitAnswer(other);
    assertThat(other.getAll(entries().keySet())).isEmpty();
  }

  @Test
  void noReadThatBeginsAfterAClearFindsWhatWasPutBeforeIt() throws Exception {
    AtomicLong put = new AtomicLong();
    AtomicLong cleared = new AtomicLong();
    Callable<Long> writer =
        () -> {
          for (long number = 1; number <= 3000; number++) {
            (number % 2 == 0 ? one : other).put("key", number);
            put.set(number);
          }
          return 0L;
        };
    Callable<Long> clearer =
        () -> {
          while (put.get() < 3000) {
            long before = put.get();
            one.clear();
            cleared.accumulateAndGet(before, Math::max);
          }
          return 0L;
        };
    Callable<Long> staleReads = () -> readUntil(3000, put, cleared);

    assertThat(inParallel(List.of(writer, clearer, staleReads, staleReads, staleReads)))
        .as("stale reads")
        .containsOnly(0L);
  }

  private long readUntil(long end, AtomicLong put, AtomicLong cleared) {
    long stale = 0;
    for (int i = 0; put.get() < end; i++) {
      long latest = cleared.get();
      Long found = (i % 2 == 0 ? one : other).get("key");
      if (found != null && found <= latest) {
        stale++;
      }
    }
    return stale;
  }

  @Test
  void countersLoseNothingBetweenClears() throws Exception {
    one.put("counter", 0L);
    Callable<Long> increments =
        () -> {
          for (int i = 0; i < 250; i++) {
            (i % 2 == 0 ? one : other).invoke("counter", ClearByGenerationIT::increment);
          }
          return 0L;
        };

    inParallel(List.of(increments, increments, increments, increments));
    assertThat(other.get("counter")).isEqualTo(1000L);
    other.clear();
    inParallel(List.of(increments));

    assertThat(one.get("counter")).isEqualTo(250L);
  }

  private static Long increment(MutableEntry<String, Long> entry, Object... arguments) {
    long next = entry.exists() ? entry.getValue() + 1 : 1;
    entry.setValue(next);
    return next;
  }

  private static List<Long> inParallel(List<Callable<Long>> tasks) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(tasks.size());
    try {
      List<Future<Long>> futures = threads.invokeAll(tasks, 4, TimeUnit.MINUTES);
      List<Long> results = new ArrayList<>();
      for (Future<Long> future : futures) {
        results.add(future.get());
      }
      return results;
    } finally {
      threads.shutdownNow();
    }
  }

  private static Map<String, Long> entries() {
    Map<String, Long> entries = new HashMap<>();
    for (long i = 0; i < ENTRIES; i++) {
      entries.put("key" + i, i);
    }
    return entries;
  }

  private static void awaitAnswer(Cache<String, Long> cache) {
    await().until(() -> isAnswered(cache, "any"));
  }

  private static boolean isAnswered(Cache<String, Long> cache, String key) {
    try {
      cache.get(key);
      return true;
    } catch (CacheException e) {
      return false;
    }
  }

  private MemcachedServer serverOfGeneration() {
    return servers.stream()
        .filter(server -> server.command("mg " + GENERATION_KEY).startsWith("HD"))
        .findAny()
        .orElseThrow();
  }

  private int itemsOnServers() {
    return servers.stream()
        .mapToInt(server -> Integer.parseInt(requireNonNull(server.stats().get("curr_items"))))
        .sum();
  }
}
