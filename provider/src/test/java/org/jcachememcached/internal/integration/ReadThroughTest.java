package org.jcachememcached.internal.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.jcachememcached.testing.Patience.await;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.cache.Cache;
import javax.cache.configuration.FactoryBuilder.SingletonFactory;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.expiry.CreatedExpiryPolicy;
import javax.cache.expiry.Duration;
import javax.cache.integration.CacheLoader;
import javax.cache.integration.CacheLoaderException;
import org.jcachememcached.TestCaches;
import org.jcachememcached.internal.store.Command;
import org.jcachememcached.testing.RecordingListener;
import org.jcachememcached.testing.RecordingLoader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Reading through to a loader: {@code get}, {@code getAll}, {@code invoke}. */
class ReadThroughTest {

  private final TestCaches caches = new TestCaches();

  @AfterEach
  void close() {
    caches.close();
  }

  @Test
  void loadsWhatIsMissingOnce() {
    RecordingLoader loader = new RecordingLoader();
    Cache<String, String> cache = caches.open(loader.configuration());

    assertThat(cache.get("k")).isEqualTo("K");
    assertThat(cache.get("k")).isEqualTo("K");

    assertThat(loader.calls()).containsExactly("load k");
  }

  @Test
  void storesNothingThatTheLoaderDoesNotKnow() {
    RecordingLoader loader = new RecordingLoader(key -> null);
    Cache<String, String> cache = caches.open(loader.configuration());

    assertThat(cache.get("k")).isNull();
    assertThat(cache.getAll(Set.of("k", "l"))).isEmpty();

    assertThat(loader.calls()).containsExactly("load k", "loadAll [k, l]");
    assertThat(caches.storedKeys()).isEmpty();
  }

  @Test
  void loadsForNoOtherOperation() {
    RecordingLoader loader = new RecordingLoader();
    Cache<String, String> cache = caches.open(loader.configuration());

    assertThat(cache.containsKey("k")).isFalse();
    assertThat(cache.replace("k", "v")).isFalse();
    assertThat(cache.getAndReplace("k", "v")).isNull();
    assertThat(cache.getAndRemove("k")).isNull();
    assertThat(cache.remove("k")).isFalse();
    assertThat(cache.getAndPut("k", "v")).isNull();
    assertThat(cache.putIfAbsent("k", "v")).isFalse();

    assertThat(loader.calls()).isEmpty();
  }

  @Test
  void loadsAllThatIsMissingInOneCall() {
    RecordingLoader loader = new RecordingLoader();
    Cache<String, String> cache = caches.open(loader.configuration());
    cache.put("a", "put");

    assertThat(cache.getAll(Set.of("a", "b", "c")))
        .isEqualTo(Map.of("a", "put", "b", "B", "c", "C"));
    assertThat(loader.calls()).containsExactly("loadAll [b, c]");
  }

  @Test
  void wrapsWhatTheLoaderThrows() {
    IllegalStateException cause = new IllegalStateException("scripted");
    Cache<String, String> cache = caches.open(throwing(cause).configuration());

    assertThatExceptionOfType(CacheLoaderException.class)
        .isThrownBy(() -> cache.get("k"))
        .withCause(cause);
    assertThatExceptionOfType(CacheLoaderException.class)
        .isThrownBy(() -> cache.getAll(Set.of("k")))
        .withCause(cause);
  }

  @Test
  void doesNotWrapALoadersOwnException() {
    CacheLoaderException own = new CacheLoaderException("scripted");
    Cache<String, String> cache = caches.open(throwing(own).configuration());

    assertThatThrownBy(() -> cache.get("k")).isSameAs(own);
    assertThatThrownBy(() -> cache.getAll(Set.of("k"))).isSameAs(own);
  }

  @Test
  void returnsTheValueThatMayNotBeStored() {
    Cache<String, String> cache =
        caches.open(
            new RecordingLoader()
                .configuration()
                .setExpiryPolicyFactory(CreatedExpiryPolicy.factoryOf(Duration.ZERO)));

    assertThat(cache.get("k")).isEqualTo("K");
    assertThat(cache.getAll(Set.of("k"))).isEqualTo(Map.of("k", "K"));
    assertThat(caches.storedKeys()).isEmpty();
  }

  @Test
  void omitsKeysThatWereNotRequested() {
    CacheLoader<String, String> generous =
        new CacheLoader<>() {
          @Override
          public String load(String key) {
            throw new AssertionError("getAll loads in bulk");
          }

          @Override
          public Map<String, String> loadAll(Iterable<? extends String> keys) {
            Map<String, String> loaded = new HashMap<>();
            loaded.put("a", "A");
            loaded.put("b", null);
            loaded.put("extra", "EXTRA");
            return loaded;
          }
        };
    Cache<String, String> cache =
        caches.open(
            new MutableConfiguration<String, String>()
                .setCacheLoaderFactory(new SingletonFactory<>(generous))
                .setReadThrough(true));

    assertThat(cache.getAll(Set.of("a", "b"))).isEqualTo(Map.of("a", "A"));
    assertThat(cache.containsKey("extra")).isFalse();
  }

  @Test
  void loadsOncePerCallAcrossLostRaces() {
    RecordingLoader loader = new RecordingLoader();
    Cache<String, String> cache = caches.open(loader.configuration());
    Cache<String, String> rival = caches.openRival(TestCaches.configuration());
    caches
        .racing()
        .before(
            Command.Add.class,
            () -> {
              rival.put("k", "rival");
              caches.racing().before(Command.CompareAndSet.class, () -> rival.remove("k"));
            });

    String seen =
        cache.invoke(
            "k",
            (entry, arguments) -> {
              String value = entry.getValue();
              entry.setValue(value + "!");
              return value;
            });

    assertThat(seen).isEqualTo("K");
    assertThat(cache.get("k")).isEqualTo("K!");
    assertThat(loader.calls()).containsExactly("load k");
  }

  @Test
  void announcesALoadAsACreation() {
    RecordingListener listener = new RecordingListener();
    Cache<String, String> cache =
        caches.open(
            new RecordingLoader()
                .configuration()
                .addCacheEntryListenerConfiguration(listener.synchronous()));

    cache.get("k");
    cache.getAll(Set.of("k", "l"));

    assertThat(listener.events()).containsExactly("CREATED k=K", "CREATED l=L");
  }

  @Test
  void returnsALoadedValueButLeavesOneThatWasPutMeanwhile() {
    Cache<String, String> cache = caches.open(new RecordingLoader().configuration());
    Cache<String, String> rival = caches.openRival(TestCaches.configuration());
    caches.racing().before(Command.CompareAndSet.class, () -> rival.put("k", "rival"));

    assertThat(cache.getAll(Set.of("k", "l"))).isEqualTo(Map.of("k", "K", "l", "L"));
    assertThat(cache.get("k")).isEqualTo("rival");
  }

  @Test
  void loadsOnceForTenThreads() throws Exception {
    CountDownLatch loading = new CountDownLatch(1);
    CountDownLatch mayLoad = new CountDownLatch(1);
    RecordingLoader loader =
        new RecordingLoader(
            key -> {
              loading.countDown();
              awaitUninterruptibly(mayLoad);
              return "loaded";
            });
    Cache<String, String> cache = caches.open(loader.configuration());
    ExecutorService threads = Executors.newFixedThreadPool(10);
    try {
      List<Future<String>> values = new ArrayList<>();
      for (int i = 0; i < 10; i++) {
        values.add(threads.submit(() -> cache.get("k")));
      }
      loading.await();
      // All have looked, and found nothing.
      await().until(() -> Collections.frequency(caches.counting().roundTrips(), "Get") == 10);
      mayLoad.countDown();

      for (Future<String> value : values) {
        assertThat(value.get()).isEqualTo("loaded");
      }
    } finally {
      threads.shutdown();
    }
    assertThat(loader.calls()).containsExactly("load k");
  }

  @Test
  void doesNotLoadWhatANeighbourLoadedSinceTheLook() {
    RecordingLoader loader = new RecordingLoader();
    Cache<String, String> cache = caches.open(loader.configuration());
    caches.racing().after(Command.Get.class, () -> onAnotherThread(() -> cache.get("k")));

    assertThat(cache.get("k")).isEqualTo("K");

    assertThat(loader.calls()).containsExactly("load k");
  }

  private static RecordingLoader throwing(RuntimeException cause) {
    return new RecordingLoader(
        key -> {
          throw cause;
        });
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void onAnotherThread(Runnable work) {
    Thread thread = new Thread(work);
    thread.start();
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
