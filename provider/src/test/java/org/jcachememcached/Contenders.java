package org.jcachememcached;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import javax.cache.Cache;
import javax.cache.configuration.MutableCacheEntryListenerConfiguration;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.event.CacheEntryUpdatedListener;
import javax.cache.processor.MutableEntry;
import org.jcachememcached.api.Versioned;

/**
 * One JVM's share of a contest for four keys: four managers, each with a connection of its own, and
 * eight threads on each of them. As a program it plays what it reads from its standard input, a
 * line at a time. Not thread-safe.
 */
final class Contenders implements AutoCloseable {

  static final List<String> KEYS = List.of("a", "b", "c", "d");

  /** How often each thread does what it does. */
  static final int ROUNDS = 60;

  private static final int MANAGERS = 4;
  private static final int THREADS_PER_MANAGER = 8;

  /** What can be contended in. The numbers of a ledger are then: */
  enum Discipline {
    /** Got: what the increments made. */
    INCREMENT_BY_INVOKE,
    /** Got: what the increments made. */
    INCREMENT_BY_REPLACE,
    /** Got: what the increments made. */
    INCREMENT_BY_VERSION,
    /** Got: what the increments made. */
    INCREMENT_WITHOUT_WAITING,
    /** Got: what the increments made. */
    INCREMENT,
    /** Got: what the increments made, while every other manager has a listener. */
    INCREMENT_OBSERVED,
    /** Got: the rounds that were won. */
    PUT_IF_ABSENT,
    /** Put: what was put where nothing was. Got: what was removed. */
    GET_AND_REMOVE,
    /** Put: what was put. Got: what was there before. */
    GET_AND_PUT
  }

  private final AtomicLong numbers;
  private final List<MemcachedCachingProvider> providers = new ArrayList<>();
  private final List<Cache<String, Long>> caches = new ArrayList<>();

  /**
   * @param jvm numbers that are put by different JVMs are different
   */
  Contenders(URI uri, int jvm) {
    numbers = new AtomicLong(jvm * 1_000_000_000L);
    for (int i = 0; i < MANAGERS; i++) {
      MemcachedCachingProvider provider = new MemcachedCachingProvider();
      providers.add(provider);
      caches.add(
          provider
              .getCacheManager(uri, null)
              .createCache(
                  "contested",
                  new MutableConfiguration<String, Long>().setTypes(String.class, Long.class)));
    }
  }

  /** The first of the caches, to look at what is left. */
  Cache<String, Long> cache() {
    return caches.get(0);
  }

  /** Lets all threads play, and returns what they have put and got. */
  Ledger play(Discipline discipline) {
    if (discipline != Discipline.INCREMENT_OBSERVED) {
      return playUnobserved(discipline);
    }
    CacheEntryUpdatedListener<String, Long> listener = events -> {};
    var registration =
        new MutableCacheEntryListenerConfiguration<String, Long>(() -> listener, null, false, true);
    for (int i = 0; i < MANAGERS; i += 2) {
      caches.get(i).registerCacheEntryListener(registration);
    }
    try {
      return playUnobserved(discipline);
    } finally {
      for (int i = 0; i < MANAGERS; i += 2) {
        caches.get(i).deregisterCacheEntryListener(registration);
      }
    }
  }

  private Ledger playUnobserved(Discipline discipline) {
    Ledger ledger = new Ledger();
    ExecutorService threads = Executors.newFixedThreadPool(MANAGERS * THREADS_PER_MANAGER);
    try {
      List<Future<?>> players =
          caches.stream()
              .flatMap(cache -> IntStream.range(0, THREADS_PER_MANAGER).mapToObj(i -> cache))
              .<Future<?>>map(cache -> threads.submit(() -> play(discipline, cache, ledger)))
              .toList();
      for (Future<?> player : players) {
        player.get();
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException(discipline + " failed", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } finally {
      threads.shutdownNow();
    }
    return ledger;
  }

  private void play(Discipline discipline, Cache<String, Long> cache, Ledger ledger) {
    for (int round = 0; round < ROUNDS; round++) {
      String key = KEYS.get(ThreadLocalRandom.current().nextInt(KEYS.size()));
      switch (discipline) {
        case INCREMENT_BY_INVOKE -> incrementByInvoke(cache, key, ledger);
        case INCREMENT_BY_REPLACE -> incrementByReplace(cache, key, ledger);
        case INCREMENT_BY_VERSION -> incrementByVersion(cache, key, ledger);
        case INCREMENT_WITHOUT_WAITING -> incrementWithoutWaiting(cache, key, ledger);
        case INCREMENT, INCREMENT_OBSERVED -> increment(cache, key, ledger);
        case PUT_IF_ABSENT -> putIfAbsent(cache, round, ledger);
        case GET_AND_REMOVE -> putIfAbsentAndRemove(cache, key, ledger);
        case GET_AND_PUT -> getAndPut(cache, key, ledger);
      }
    }
  }

  private static void incrementByInvoke(Cache<String, Long> cache, String key, Ledger ledger) {
    Long result = cache.invoke(key, Contenders::next);
    ledger.got(key, Objects.requireNonNull(result));
  }

  private static Long next(MutableEntry<String, Long> entry, Object... arguments) {
    long next = entry.exists() ? entry.getValue() + 1 : 1;
    entry.setValue(next);
    return next;
  }

  private static void incrementWithoutWaiting(
      Cache<String, Long> cache, String key, Ledger ledger) {
    Long result =
        MemcachedCache.of(cache).async().invoke(key, Contenders::next).toCompletableFuture().join();
    ledger.got(key, Objects.requireNonNull(result));
  }

  private static void incrementByVersion(Cache<String, Long> cache, String key, Ledger ledger) {
    MemcachedCache<String, Long> versioned = MemcachedCache.of(cache);
    versioned.getOrCompute(key, unused -> 0L);
    Versioned<Long> seen;
    do {
      seen = Objects.requireNonNull(versioned.getVersioned(key));
    } while (!versioned.replace(key, seen.value() + 1, seen.version()));
    ledger.got(key, seen.value() + 1);
  }

  private static void incrementByReplace(Cache<String, Long> cache, String key, Ledger ledger) {
    cache.putIfAbsent(key, 0L);
    long seen;
    do {
      seen = Objects.requireNonNull(cache.get(key));
    } while (!cache.replace(key, seen, seen + 1));
    ledger.got(key, seen + 1);
  }

  private static void increment(Cache<String, Long> cache, String key, Ledger ledger) {
    ledger.got(key, MemcachedCache.of(cache).increment(key, 1, 1));
  }

  private static void putIfAbsent(Cache<String, Long> cache, long round, Ledger ledger) {
    for (String key : KEYS) {
      if (cache.putIfAbsent(key + round, round)) {
        ledger.got(key, round);
      }
    }
  }

  private void putIfAbsentAndRemove(Cache<String, Long> cache, String key, Ledger ledger) {
    long number = numbers.incrementAndGet();
    if (cache.putIfAbsent(key, number)) {
      ledger.put(key, number);
    }
    Long removed = cache.getAndRemove(key);
    if (removed != null) {
      ledger.got(key, removed);
    }
  }

  private void getAndPut(Cache<String, Long> cache, String key, Ledger ledger) {
    long number = numbers.incrementAndGet();
    ledger.put(key, number);
    Long before = cache.getAndPut(key, number);
    if (before != null) {
      ledger.got(key, before);
    }
  }

  @Override
  public void close() {
    providers.forEach(MemcachedCachingProvider::close);
  }

  /** Plays against another JVM: a line with a discipline in, a line with the ledger out. */
  public static void main(String[] arguments) throws IOException {
    try (Contenders contenders = new Contenders(URI.create(arguments[0]), 2);
        BufferedReader in =
            new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      contenders.cache().get(KEYS.get(0));
      System.out.println("ready");
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        System.out.println(contenders.play(Discipline.valueOf(line)).print());
      }
    }
  }
}
