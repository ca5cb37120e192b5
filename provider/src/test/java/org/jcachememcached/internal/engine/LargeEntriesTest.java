package org.jcachememcached.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.cache.Cache;
import javax.cache.configuration.FactoryBuilder.SingletonFactory;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.expiry.CreatedExpiryPolicy;
import javax.cache.expiry.Duration;
import javax.cache.integration.CacheLoader;
import javax.cache.integration.CompletionListenerFuture;
import org.jcachememcached.TestCaches;
import org.jcachememcached.testing.RecordingListener;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * That bulk calls have as many bytes in memory as a page may have, whatever their entries weigh.
 */
class LargeEntriesTest {

  private static final int SIZE = 600_000;
  private static final int COUNT = 30;

  /** So many of them fit into a page. */
  private static final int FITTING = 6;

  private final TestCaches caches = new TestCaches();

  @AfterEach
  void close() {
    caches.close();
  }

  @Test
  void areWrittenSoManyAtATime() {
    Cache<Integer, byte[]> cache = caches.open(new MutableConfiguration<>());

    cache.putAll(entries());

    assertThat(caches.counting().roundTrips()).hasSize(COUNT / FITTING).containsOnly("6 Set");
    assertThat(caches.storedKeys()).hasSize(COUNT);
  }

  @Test
  void areReadSoManyAtATime() {
    caches.openRival(new MutableConfiguration<Integer, byte[]>()).putAll(entries());
    Cache<Integer, byte[]> cache = caches.open(new MutableConfiguration<>());

    assertThat(cache.getAll(keys()).keySet()).isEqualTo(keys());

    assertThat(caches.counting().roundTrips())
        .containsExactly("16 Get", "6 Get", "6 Get", "6 Get", "6 Get");
  }

  @Test
  void areIteratedOverSoManyAtATime() {
    caches.openRival(new MutableConfiguration<Integer, byte[]>()).putAll(entries());
    Cache<Integer, byte[]> cache = caches.open(new MutableConfiguration<>());

    List<Integer> seen = new ArrayList<>();
    cache.forEach(entry -> seen.add(entry.getKey()));

    assertThat(seen).containsExactlyInAnyOrderElementsOf(keys());
    assertThat(caches.counting().roundTrips())
        .containsExactly("Scan", "16 Get", "6 Get", "6 Get", "6 Get", "6 Get");
  }

  @Test
  void areProcessedOnceEach() {
    caches.openRival(new MutableConfiguration<Integer, byte[]>()).putAll(entries());
    Cache<Integer, byte[]> cache = caches.open(new MutableConfiguration<>());

    cache.invokeAll(
        keys(),
        (entry, unused) -> {
          byte[] value = entry.getValue();
          value[0]++;
          entry.setValue(value);
          return null;
        });

    assertThat(caches.counting().roundTrips())
        .containsExactly(
            "16 Get",
            "6 CompareAndSet",
            "6 Get",
            "6 CompareAndSet",
            "6 Get",
            "6 CompareAndSet",
            "6 Get",
            "6 CompareAndSet",
            "6 Get",
            "6 CompareAndSet");
    assertThat(cache).allSatisfy(entry -> assertThat(entry.getValue()[0]).isEqualTo((byte) 1));
  }

  @Test
  void areMadeSoManyAtATimeOfNothing() {
    Cache<Integer, byte[]> cache = caches.open(new MutableConfiguration<>());
    cache.put(-1, new byte[1]);
    caches.counting().reset();

    cache.invokeAll(
        keys(),
        (entry, unused) -> {
          entry.setValue(new byte[SIZE]);
          return null;
        });

    assertThat(caches.counting().roundTrips())
        .containsExactly("30 Get", "6 Add", "6 Add", "6 Add", "6 Add", "6 Add");
    assertThat(caches.storedKeys()).hasSize(COUNT + 1);
  }

  @Test
  void areRemovedAndHeardOfOnceEach() {
    RecordingListener listener = new RecordingListener();
    Cache<String, String> cache =
        caches.open(
            TestCaches.configuration().addCacheEntryListenerConfiguration(listener.synchronous()));
    Map<String, String> texts = new HashMap<>();
    keys().forEach(key -> texts.put("k" + key, "x".repeat(SIZE)));
    cache.putAll(texts);
    caches.counting().reset();

    cache.removeAll();

    assertThat(caches.storedKeys()).isEmpty();
    assertThat(caches.counting().roundTrips())
        .containsExactly(
            "Scan",
            "6 Get",
            "6 CompareAndDelete",
            "6 Get",
            "6 CompareAndDelete",
            "6 Get",
            "6 CompareAndDelete",
            "6 Get",
            "6 CompareAndDelete",
            "6 Get",
            "6 CompareAndDelete");
  }

  @Test
  void areLoadedSoManyAtATime() throws Exception {
    List<Integer> pages = new ArrayList<>();
    CacheLoader<Integer, byte[]> loader = new CountingLoader(pages);
    Cache<Integer, byte[]> cache =
        caches.open(
            new MutableConfiguration<Integer, byte[]>()
                .setReadThrough(true)
                .setCacheLoaderFactory(new SingletonFactory<>(loader)));

    CompletionListenerFuture done = new CompletionListenerFuture();
    cache.loadAll(keys(), true, done);
    done.get(10, TimeUnit.SECONDS);

    assertThat(pages).containsExactly(16, 6, 6, 2);
    assertThat(caches.storedKeys()).hasSize(COUNT);
  }

  private static final class CountingLoader implements CacheLoader<Integer, byte[]> {

    private final List<Integer> pages;

    CountingLoader(List<Integer> pages) {
      this.pages = pages;
    }

    @Override
    public byte[] load(Integer key) {
      return new byte[SIZE];
    }

    @Override
    public Map<Integer, byte[]> loadAll(Iterable<? extends Integer> keys) {
      Map<Integer, byte[]> loaded = new HashMap<>();
      keys.forEach(key -> loaded.put(key, load(key)));
      pages.add(loaded.size());
      return loaded;
    }
  }

  @Test
  void doNotSlowDownSmallOnesForLong() {
    Cache<Integer, byte[]> cache =
        caches.open(
            new MutableConfiguration<Integer, byte[]>()
                .setExpiryPolicyFactory(CreatedExpiryPolicy.factoryOf(Duration.ETERNAL)));
    cache.putAll(entries());
    Set<Integer> absent =
        IntStream.range(1000, 2000).boxed().collect(Collectors.toUnmodifiableSet());

    for (int round = 0; round < 3; round++) {
      cache.getAll(absent);
    }
    caches.counting().reset();
    cache.getAll(absent);

    assertThat(caches.counting().roundTrips()).containsExactly("500 Get", "500 Get");
  }

  private static Set<Integer> keys() {
    return IntStream.range(0, COUNT).boxed().collect(Collectors.toUnmodifiableSet());
  }

  private static Map<Integer, byte[]> entries() {
    return keys().stream().collect(Collectors.toMap(key -> key, key -> new byte[SIZE]));
  }
}
