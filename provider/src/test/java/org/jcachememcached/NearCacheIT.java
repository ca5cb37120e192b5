package org.jcachememcached;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLongArray;
import javax.cache.Cache;
import javax.cache.configuration.MutableConfiguration;
import org.jcachememcached.testing.ChildJvm;
import org.jcachememcached.testing.MemcachedServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** How old the values of a near cache are: between JVMs, with pauses, and within one JVM. */
class NearCacheIT {

  private static final Duration TTL = Duration.ofMillis(200);

  /** How far apart two readings of the clock of a machine may be for the same moment. */
  private static final long CLOCK_MILLIS = 2;

  private static MemcachedServer server;

  private final MemcachedCachingProvider provider = new MemcachedCachingProvider();

  @BeforeAll
  static void startServer() {
    server = MemcachedServer.start();
  }

  @AfterAll
  static void stopServer() {
    server.close();
  }

  @AfterEach
  void close() {
    provider.close();
    server.command("flush_all");
  }

  private URI uri() {
    return URI.create(
        "memcached://"
            + server.address()
            + "/near?timeout=10s&near.cache=true&near.ttl="
            + TTL.toMillis()
            + "ms");
  }

  @SuppressWarnings("unchecked")
  private MemcachedCache<String, Long> open(ClassLoader classLoader) {
    return provider
        .getCacheManager(uri(), classLoader)
        .createCache(NearReaders.CACHE, new MutableConfiguration<String, Long>())
        .unwrap(MemcachedCache.class);
  }

  @Test
  void noValueIsOlderThanTheTtl() throws InterruptedException {
    Cache<String, Long> cache = open(getClass().getClassLoader());
    Map<Long, Long> ends = new HashMap<>();
    try (ChildJvm there = ChildJvm.start(NearReaders.class, uri().toString())) {
      assertThat(there.readLine()).isEqualTo("ready");
      update(cache, ends, 300);

      assertThat(maxAge(there.awaitEnd(), ends))
          .isBetween(TTL.toMillis() / 2, TTL.toMillis() + CLOCK_MILLIS);
    }
  }

  @Test
  void noValueIsOlderThanTheTtlAfterPausesOfTheReader() throws InterruptedException {
    Cache<String, Long> cache = open(getClass().getClassLoader());
    Map<Long, Long> ends = new HashMap<>();
    try (ChildJvm there = ChildJvm.start(NearReaders.class, uri().toString())) {
      assertThat(there.readLine()).isEqualTo("ready");
      for (int pause = 0; pause < 3; pause++) {
        update(cache, ends, 50);
        there.suspend();
        update(cache, ends, 200);
        there.resume();
      }
      update(cache, ends, 50);

      assertThat(maxAge(there.awaitEnd(), ends))
          .isBetween(TTL.toMillis() / 2, TTL.toMillis() + CLOCK_MILLIS);
    }
  }

  /** Stores the next numbers, one each 10 ms, and records when each of them was stored. */
  private static void update(Cache<String, Long> cache, Map<Long, Long> ends, int count)
      throws InterruptedException {
    for (int i = 0; i < count; i++) {
      long next = ends.size();
      cache.put(NearReaders.KEY, next);
      ends.put(next, System.currentTimeMillis());
      Thread.sleep(10);
    }
  }

  /**
   * The longest time between the end of an update and the beginning of a read that found the value
   * before it, in milliseconds.
   *
   * @param lastReads what the readers have printed
   */
  private static long maxAge(List<String> lastReads, Map<Long, Long> ends) {
    long age = 0;
    for (String line : lastReads) {
      String[] valueAndTime = line.split(" ", -1);
      Long outdated = ends.get(Long.parseLong(valueAndTime[0]) + 1);
      if (outdated != null) {
        age = Math.max(age, Long.parseLong(valueAndTime[1]) - outdated);
      }
    }
    return age;
  }

  @Test
  void ownUpdatesAreSeenAtOnce() throws InterruptedException {
    OwnUpdates updates =
        new OwnUpdates(open(getClass().getClassLoader()), open(new ClassLoader() {}));

    updates.run();

    assertThat(updates.violations).isEmpty();
  }

  /** Threads that count, through two caches, and read what any of them has counted. */
  private static final class OwnUpdates {

    private static final int THREADS = 8;
    private static final int ROUNDS = 4_000;
    private static final int KEYS = 4;

    final List<String> violations = new CopyOnWriteArrayList<>();

    /** The greatest number of each key that a completed call has stored. */
    private final AtomicLongArray completed = new AtomicLongArray(KEYS);

    private final List<MemcachedCache<String, Long>> caches;

    OwnUpdates(MemcachedCache<String, Long> one, MemcachedCache<String, Long> other) {
      this.caches = List.of(one, other);
    }

    void run() throws InterruptedException {
      List<Thread> threads = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        MemcachedCache<String, Long> cache = caches.get(i % 2);
        threads.add(new Thread(() -> play(cache)));
      }
      threads.forEach(Thread::start);
      for (Thread thread : threads) {
        thread.join();
      }
    }

    private void play(MemcachedCache<String, Long> cache) {
      try {
        for (int round = 0; round < ROUNDS; round++) {
          int key = ThreadLocalRandom.current().nextInt(KEYS);
          if (round % 4 == 0) {
            long stored = count(cache, "k" + key, round);
            completed.accumulateAndGet(key, stored, Math::max);
          }
          check(cache, key, round);
        }
      } catch (RuntimeException e) {
        violations.add(e.toString());
      }
    }

    private static long count(MemcachedCache<String, Long> cache, String key, int round) {
      return switch (round % 12) {
        case 0 -> cache.increment(key, 1, 1);
        case 4 -> cache.async().increment(key, 1, 1).toCompletableFuture().join();
        default ->
            cache.invoke(
                key,
                (entry, arguments) -> {
                  long next = entry.exists() ? entry.getValue() + 1 : 1;
                  entry.setValue(next);
                  return next;
                });
      };
    }

    private void check(MemcachedCache<String, Long> cache, int key, int round) {
      long least = completed.get(key);
      Long found =
          round % 3 == 0
              ? cache.async().get("k" + key).toCompletableFuture().join()
              : cache.get("k" + key);
      if (least > 0 && (found == null || found < least)) {
        violations.add("k%d is %s after %d was stored".formatted(key, found, least));
      }
    }
  }
}
