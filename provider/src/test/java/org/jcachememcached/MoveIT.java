package org.jcachememcached;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.stream.IntStream;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.Caching;
import javax.cache.configuration.FactoryBuilder;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.integration.CacheLoader;
import org.jcachememcached.api.MigrationStats;
import org.jcachememcached.testing.MemcachedServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An application under load moves from two servers to two others, which are empty. */
class MoveIT {

  private static final int KEYS = 400;
  private static final int THREADS = 8;
  private static final int ROUNDS = 5;

  /** The truth: which version of each key was written last; loaded when the cache has none. */
  private static final AtomicLongArray DATABASE = new AtomicLongArray(KEYS);

  private static final AtomicInteger LOADS = new AtomicInteger();

  private final List<MemcachedServer> oldServers = new ArrayList<>();
  private final List<MemcachedServer> newServers = new ArrayList<>();
  private final ConcurrentHashMap<String, String> wrong = new ConcurrentHashMap<>();

  /** Loads from the truth, slowly. */
  public static final class SlowLoader implements CacheLoader<Integer, String> {

    @Override
    public String load(Integer key) {
      LOADS.incrementAndGet();
      long version = DATABASE.get(key);
      try {
        Thread.sleep(20);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      return value(key, version);
    }

    @Override
    public Map<Integer, String> loadAll(Iterable<? extends Integer> keys) {
      throw new UnsupportedOperationException();
    }
  }

  @BeforeEach
  void startServers() {
    for (int i = 0; i < 2; i++) {
      oldServers.add(MemcachedServer.start());
      newServers.add(MemcachedServer.start());
    }
    for (int key = 0; key < KEYS; key++) {
      DATABASE.set(key, 0);
    }
  }

  @AfterEach
  void stopServers() {
    oldServers.forEach(MemcachedServer::close);
    newServers.forEach(MemcachedServer::close);
  }

  @ParameterizedTest
  @ValueSource(strings = {"new", "both"})
  void movesWithoutStaleValueAndWithoutHerd(String writes) throws Exception {
    String old = addresses(oldServers);
    try (CacheManager before = manager("memcached://" + old + "/move?timeout=5s")) {
      Cache<Integer, String> cache = cache(before);
      IntStream.range(0, KEYS).forEach(key -> cache.put(key, value(key, 0)));
    }
    LOADS.set(0);
    String uri =
        "memcached://%s/move?timeout=5s&fallback.servers=%s&fallback.writes=%s"
            .formatted(addresses(newServers), old, writes);
    try (CacheManager moving = manager(uri)) {
      Cache<Integer, String> cache = cache(moving);

      underLoad(cache);

      assertThat(wrong).isEmpty();
      assertThat(LOADS).as("loads").hasValue(0);
      MigrationStats stats = requireNonNull(cache.unwrap(MigrationStats.class));
      assertThat(stats.migratedEntries()).isEqualTo(KEYS);
      assertThat(stats.fallbackFailures()).isZero();

      oldServers.forEach(MemcachedServer::stop);
      underLoad(cache);
      assertThat(wrong).isEmpty();
      assertThat(LOADS).as("loads").hasValue(0);
    }
    try (CacheManager after =
        manager("memcached://" + addresses(newServers) + "/move?timeout=5s")) {
      Cache<Integer, String> cache = cache(after);
      IntStream.range(0, KEYS).forEach(key -> check(key, DATABASE.get(key), cache.get(key)));
      assertThat(wrong).isEmpty();
      assertThat(LOADS).as("loads").hasValue(0);
    }
  }

  private void underLoad(Cache<Integer, String> cache) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      List<Future<?>> running = new ArrayList<>();
      for (int thread = 0; thread < THREADS; thread++) {
        int number = thread;
        running.add(threads.submit(() -> work(cache, number)));
      }
      for (Future<?> one : running) {
        one.get(120, TimeUnit.SECONDS);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  /** Reads all keys, each thread in an order of its own, and writes those that are its own. */
  private void work(Cache<Integer, String> cache, int thread) {
    for (int round = 0; round < ROUNDS; round++) {
      for (int i = 0; i < KEYS; i++) {
        int key = (i * 7 + thread * (KEYS / THREADS)) % KEYS;
        long atLeast = DATABASE.get(key);
        check(key, atLeast, cache.get(key));
        if (key % THREADS == thread) {
          write(cache, key, round);
        }
      }
    }
  }

  private void write(Cache<Integer, String> cache, int key, int round) {
    String next = value(key, DATABASE.get(key) + 1);
    switch (round % 3) {
      case 0 -> cache.put(key, next);
      case 1 -> cache.getAndReplace(key, next);
      default ->
          cache.invoke(
              key,
              (entry, arguments) -> {
                entry.setValue(next);
                return null;
              });
    }
    DATABASE.incrementAndGet(key);
  }

  private void check(int key, long atLeast, String found) {
    String[] parts = String.valueOf(found).split("@", 2);
    boolean right =
        parts[0].equals(Integer.toString(key))
            && parts.length == 2
            && Long.parseLong(parts[1]) >= atLeast;
    if (!right) {
      wrong.put(key + " at least " + atLeast, String.valueOf(found));
    }
  }

  private static String value(int key, long version) {
    return key + "@" + version;
  }

  private static CacheManager manager(String uri) {
    return Caching.getCachingProvider().getCacheManager(URI.create(uri), null);
  }

  private static Cache<Integer, String> cache(CacheManager manager) {
    return manager.createCache(
        "moved",
        new MutableConfiguration<Integer, String>()
            .setTypes(Integer.class, String.class)
            .setReadThrough(true)
            .setCacheLoaderFactory(FactoryBuilder.factoryOf(SlowLoader.class)));
  }

  private static String addresses(List<MemcachedServer> servers) {
    return String.join(",", servers.stream().map(MemcachedServer::address).toList());
  }
}
