package org.jcachememcached.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.expiry.AccessedExpiryPolicy;
import javax.cache.expiry.Duration;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jcachememcached.TestCaches;
import org.jcachememcached.testing.RecordingListener;
import org.jcachememcached.testing.RecordingLoader;
import org.jcachememcached.testing.RecordingWriter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Code of the application that uses the cache in the midst of a call to it. */
class NestedCallsTest {

  private final TestCaches caches = new TestCaches("memory:test?cas.attempts=1000");
  private final AtomicInteger runs = new AtomicInteger();

  @AfterEach
  void close() {
    caches.close();
  }

  /** A call to a cache. */
  private interface Use extends Consumer<Cache<String, String>> {}

  static Stream<Named<Use>> changes() {
    AtomicInteger number = new AtomicInteger();
    return Stream.of(
        Named.of("put", c -> c.put("k", "n" + number.incrementAndGet())),
        Named.of("putAll", c -> c.putAll(Map.of("k", "n", "l", "n"))),
        Named.of("getAndPut", c -> c.getAndPut("k", "n" + number.incrementAndGet())),
        Named.of("replace", c -> c.replace("k", "n" + number.incrementAndGet())),
        Named.of(
            "invoke",
            c ->
                c.invoke(
                    "k",
                    (entry, arguments) -> {
                      entry.setValue("n" + number.incrementAndGet());
                      return null;
                    })));
  }

  @ParameterizedTest
  @MethodSource("changes")
  void aProcessorThatChangesItsOwnEntryIsToldSo(Use change) {
    Cache<String, String> cache = caches.open();
    cache.put("k", "old");

    assertRefused(() -> changeInProcessor(cache, cache, change));

    assertThat(runs).hasValueLessThanOrEqualTo(2);
  }

  @ParameterizedTest
  @MethodSource("changes")
  void aProcessorThatChangesItsOwnEntryThroughAnotherManagerIsToldSo(Use change) {
    Cache<String, String> cache = caches.open();
    Cache<String, String> rival = caches.openRival(TestCaches.configuration());
    cache.put("k", "old");

    assertRefused(() -> changeInProcessor(cache, rival, change));
  }

  private void changeInProcessor(
      Cache<String, String> cache, Cache<String, String> other, Use change) {
    cache.invoke(
        "k",
        (entry, arguments) -> {
          runs.incrementAndGet();
          change.accept(other);
          entry.setValue("mine");
          return null;
        });
  }

  private static void assertRefused(ThrowingCallable call) {
    assertThatExceptionOfType(CacheException.class)
        .isThrownBy(call)
        .withMessageStartingWith("The entry processor, loader or writer of a call changes")
        .withMessageContaining("'test:test:s.k'");
  }

  @Test
  void aProcessorThatRemovesWhatItIsToReplaceIsToldSo() {
    Cache<String, String> cache = caches.open();
    Cache<String, String> rival = caches.openRival(TestCaches.configuration());
    caches
        .racing()
        .beforeEach(
            org.jcachememcached.internal.store.Command.Get.class, () -> rival.put("k", "rival"));

    assertRefused(() -> changeInProcessor(cache, cache, c -> c.remove("k")));
  }

  @Test
  void aWriterThatChangesItsEntryIsToldSo() {
    RecordingWriter writer = new RecordingWriter();
    Cache<String, String> cache = caches.open(writer.configuration());
    Cache<String, String> rival = caches.openRival(TestCaches.configuration());
    writer.afterwards(() -> rival.put("k", "rival" + runs.incrementAndGet()));

    assertRefused(() -> cache.put("k", "mine"));

    assertThat(rival.containsKey("k")).isFalse();
    assertThat(writer.calls()).hasSizeLessThanOrEqualTo(2);
  }

  @Test
  void everyProcessorOfABulkCallIsToldSo() {
    Cache<String, String> cache = caches.open();

    assertRefused(
        () ->
            cache.invokeAll(
                Set.of("k"),
                (entry, arguments) -> {
                  cache.put("k", "nested" + runs.incrementAndGet());
                  entry.setValue("mine");
                  return "done";
                }));
  }

  @Test
  void aProcessorMayChangeItsEntryOnce() {
    Cache<String, String> cache = caches.open();

    String result =
        cache.invoke(
            "k",
            (entry, arguments) -> {
              if (cache.get("k") == null) {
                cache.put("k", "default");
              }
              entry.setValue(entry.exists() ? entry.getValue() + "+" : "new");
              return entry.getValue();
            });

    assertThat(result).isEqualTo("default+");
  }

  @Test
  void aProcessorMayReadItsEntry() {
    Cache<String, String> cache =
        caches.open(
            TestCaches.configuration()
                .setExpiryPolicyFactory(AccessedExpiryPolicy.factoryOf(Duration.ONE_HOUR)));
    cache.put("k", "old");

    String result =
        cache.invoke(
            "k",
            (entry, arguments) -> {
              runs.incrementAndGet();
              caches.clock().advance(java.time.Duration.ofSeconds(1));
              String seen = cache.get("k");
              entry.setValue("new");
              return seen;
            });

    assertThat(result).isEqualTo("old");
    assertThat(runs).hasValue(1);
    assertThat(cache.get("k")).isEqualTo("new");
  }

  @Test
  void aProcessorMayChangeOtherEntries() {
    Cache<String, String> cache = caches.open();

    cache.invoke(
        "k",
        (entry, arguments) -> {
          runs.incrementAndGet();
          cache.put("l", "other");
          entry.setValue("mine");
          return null;
        });

    assertThat(cache.getAll(Set.of("k", "l"))).isEqualTo(Map.of("k", "mine", "l", "other"));
    assertThat(runs).hasValue(1);
  }

  @Test
  void aLoaderMayPutWhatItLoads() {
    Cache<String, String> rival = caches.openRival(TestCaches.configuration());
    RecordingLoader loader =
        new RecordingLoader(
            key -> {
              rival.put(key, "put");
              return "loaded";
            });
    Cache<String, String> cache = caches.open(loader.configuration());

    assertThat(cache.get("k")).isEqualTo("loaded");
    assertThat(cache.get("k")).isEqualTo("put");
    cache.<String>invoke(
        "l",
        (entry, arguments) -> {
          entry.setValue(entry.getValue() + "+");
          return null;
        });
    assertThat(cache.get("l")).isEqualTo("put+");
    assertThat(loader.calls()).containsExactly("load k", "load l");
  }

  @Test
  void aListenerMayChangeTheEntryThatItIsToldOf() {
    RecordingListener listener = new RecordingListener();
    Cache<String, String> rival = caches.openRival(TestCaches.configuration());
    Cache<String, String> cache =
        caches.open(
            TestCaches.configuration().addCacheEntryListenerConfiguration(listener.synchronous()));
    caches
        .racing()
        .after(
            org.jcachememcached.internal.store.Command.Add.class, () -> rival.put("k", "listened"));

    cache.put("k", "mine");

    assertThat(cache.get("k")).isEqualTo("listened");
  }

  @Test
  void whatAnotherThreadChangesEndsWithTheAttempts() {
    try (TestCaches fixture = new TestCaches("memory:test?cas.attempts=5")) {
      Cache<String, String> cache = fixture.open();

      assertThatExceptionOfType(CacheException.class)
          .isThrownBy(
              () ->
                  cache.invoke(
                      "k",
                      (entry, arguments) -> {
                        String next = "other" + runs.incrementAndGet();
                        CompletableFuture.runAsync(() -> cache.put("k", next)).join();
                        entry.setValue("mine");
                        return null;
                      }))
          .withMessageContaining("5 attempts")
          .withMessageContaining("keeps changing while the call runs");

      assertThat(runs).hasValue(5);
    }
  }
}
