package org.jcachememcached.internal.cache;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.jcachememcached.testing.Patience.await;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.integration.CacheLoaderException;
import javax.cache.integration.CompletionListener;
import javax.cache.integration.CompletionListenerFuture;
import org.jcachememcached.TestCaches;
import org.jcachememcached.internal.store.Command;
import org.jcachememcached.testing.RecordingListener;
import org.jcachememcached.testing.RecordingLoader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code loadAll}: what it loads, when it calls the listener, and what waits for it. */
class LoadAllTest {

  private final TestCaches caches = new TestCaches();

  @AfterEach
  void close() {
    caches.close();
  }

  @Test
  void loadsWhatIsMissing() throws Exception {
    RecordingLoader loader = new RecordingLoader();
    Cache<String, String> cache = caches.open(loader.configuration().setReadThrough(false));
    cache.put("a", "put");

    loadAll(cache, Set.of("a", "b", "c"), false);

    assertThat(loader.calls()).containsExactly("loadAll [b, c]");
    assertThat(cache.get("a")).isEqualTo("put");
    assertThat(cache.get("b")).isEqualTo("B");
  }

  @Test
  void replacesWhatIsThere() throws Exception {
    RecordingListener listener = new RecordingListener();
    RecordingLoader loader = new RecordingLoader();
    Cache<String, String> cache =
        caches.open(
            loader
                .configuration()
                .addCacheEntryListenerConfiguration(listener.synchronous())
                .setStatisticsEnabled(true));
    cache.put("a", "put");

    loadAll(cache, Set.of("a", "b"), true);

    assertThat(loader.calls()).containsExactly("loadAll [a, b]");
    assertThat(cache.get("a")).isEqualTo("A");
    assertThat(listener.events())
        .containsExactlyInAnyOrder("CREATED a=put", "UPDATED a=A (put)", "CREATED b=B");
    assertThat(caches.statistics().getCachePuts()).isEqualTo(1);
  }

  @Test
  void leavesAValueThatWasPutMeanwhile() throws Exception {
    for (boolean replaceExisting : new boolean[] {false, true}) {
      try (TestCaches fixture = new TestCaches()) {
        Cache<String, String> rival = fixture.openRival(TestCaches.configuration());
        RecordingLoader loader =
            new RecordingLoader(
                key -> {
                  rival.put(key, "rival");
                  return "loaded";
                });
        Cache<String, String> cache = fixture.open(loader.configuration());

        loadAll(cache, Set.of("k"), replaceExisting);

        assertThat(cache.get("k")).isEqualTo("rival");
      }
    }
  }

  @Test
  void leavesANewerValueThanTheOneItReplaces() throws Exception {
    Cache<String, String> cache = caches.open(new RecordingLoader().configuration());
    Cache<String, String> rival = caches.openRival(TestCaches.configuration());
    cache.put("k", "old");
    caches.racing().before(Command.CompareAndSet.class, () -> rival.put("k", "rival"));

    loadAll(cache, Set.of("k"), true);

    assertThat(cache.get("k")).isEqualTo("rival");
  }

  @Test
  void copiesTheKeysFirst() throws Exception {
    CountDownLatch mayLoad = new CountDownLatch(1);
    RecordingLoader loader = latched(mayLoad);
    Cache<String, String> cache = caches.open(loader.configuration());
    Set<String> keys = new HashSet<>(Set.of("a"));
    CompletionListenerFuture done = new CompletionListenerFuture();

    cache.loadAll(keys, false, done);
    keys.add("b");
    mayLoad.countDown();
    done.get();

    assertThat(loader.calls()).containsExactly("loadAll [a]");
  }

  @Test
  void tellsOfSuccessOnce() {
    Cache<String, String> cache = caches.open(new RecordingLoader().configuration());
    RecordingCompletion completion = new RecordingCompletion();

    cache.loadAll(Set.of("a"), false, completion);

    await().untilAsserted(() -> assertThat(completion.calls).containsExactly("completion"));
  }

  @Test
  void tellsOfAnExceptionOnce() {
    Cache<String, String> cache =
        caches.open(
            new RecordingLoader(
                    key -> {
                      throw new IllegalStateException("scripted");
                    })
                .configuration());
    RecordingCompletion completion = new RecordingCompletion();

    cache.loadAll(Set.of("a"), true, completion);

    await().untilAsserted(() -> assertThat(completion.calls).containsExactly("exception"));
    assertThat(completion.failure.get())
        .isInstanceOf(CacheLoaderException.class)
        .hasRootCauseMessage("scripted");
  }

  @Test
  void tellsOfAnErrorAsAnException() {
    Cache<String, String> cache =
        caches.open(
            new RecordingLoader(
                    key -> {
                      throw new NoClassDefFoundError("scripted");
                    })
                .configuration());
    RecordingCompletion completion = new RecordingCompletion();

    cache.loadAll(Set.of("a"), false, completion);

    await().untilAsserted(() -> assertThat(completion.calls).containsExactly("exception"));
    assertThat(completion.failure.get())
        .isExactlyInstanceOf(CacheException.class)
        .hasCauseInstanceOf(NoClassDefFoundError.class);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void callsALoaderThatFailsOnce(boolean replaceExisting) {
    RecordingLoader loader =
        new RecordingLoader(
            key -> {
              throw new IllegalStateException("scripted");
            });
    Cache<String, String> cache = caches.open(loader.configuration());
    Set<String> keys =
        IntStream.range(0, 2_000).mapToObj(String::valueOf).collect(Collectors.toSet());

    assertThatExceptionOfType(ExecutionException.class)
        .isThrownBy(() -> loadAll(cache, keys, replaceExisting))
        .withCauseInstanceOf(CacheLoaderException.class);

    assertThat(loader.calls()).hasSize(1);
  }

  @Test
  void tellsOfAnErrorThatKeepsItFromBeginning() {
    Executor outOfThreads =
        work -> {
          throw new OutOfMemoryError("scripted");
        };
    try (TestCaches fixture = new TestCaches("memory:test", outOfThreads)) {
      Cache<String, String> cache = fixture.open(new RecordingLoader().configuration());
      RecordingCompletion completion = new RecordingCompletion();

      cache.loadAll(Set.of("a"), false, completion);
      cache.loadAll(Set.of("a"), false, null);

      assertThat(completion.calls).containsExactly("exception");
      assertThat(completion.failure.get()).hasCauseInstanceOf(OutOfMemoryError.class);
      assertTimeout(Duration.ofSeconds(5), cache::close);
    }
  }

  @Test
  void isDoneAtOnceWithoutALoader() {
    Cache<String, String> cache = caches.open();
    RecordingCompletion completion = new RecordingCompletion();

    cache.loadAll(Set.of("a"), false, completion);
    cache.loadAll(Set.of("a"), false, null);

    assertThat(completion.calls).containsExactly("completion");
  }

  @Test
  void refusesANullKeyBeforeAnyLoad() {
    RecordingLoader loader = new RecordingLoader();
    Cache<String, String> cache = caches.open(loader.configuration());
    Set<String> keys = new HashSet<>();
    keys.add(null);

    assertThatExceptionOfType(NullPointerException.class)
        .isThrownBy(() -> cache.loadAll(keys, false, null));
    assertThat(loader.calls()).isEmpty();
  }

  @Test
  void keepsTheCacheFromClosingBeforeItIsDone() throws Exception {
    CountDownLatch mayLoad = new CountDownLatch(1);
    Cache<String, String> cache = caches.open(latched(mayLoad).configuration());
    cache.loadAll(Set.of("a"), false, null);

    Thread closing = new Thread(cache::close);
    closing.start();
    awaitIdle(closing);
    mayLoad.countDown();
    closing.join();

    assertThat(caches.openRival(TestCaches.configuration()).get("a")).isEqualTo("loaded");
  }

  @Test
  void leavesNothingInACacheThatIsDestroyedMeanwhile() throws Exception {
    CountDownLatch mayLoad = new CountDownLatch(1);
    Cache<String, String> cache = caches.open(latched(mayLoad).configuration());
    cache.loadAll(Set.of("a"), false, null);

    Thread destroying = new Thread(() -> TestCaches.destroy(cache));
    destroying.start();
    awaitIdle(destroying);
    mayLoad.countDown();
    destroying.join();

    assertThat(caches.storedKeys()).isEmpty();
  }

  @Test
  void letsItsListenerCloseTheCache() throws Exception {
    Cache<String, String> cache = caches.open(new RecordingLoader().configuration());
    CompletableFuture<Void> closed = new CompletableFuture<>();

    cache.loadAll(
        Set.of("a"),
        false,
        new CompletionListener() {
          @Override
          public void onCompletion() {
            cache.close();
            closed.complete(null);
          }

          @Override
          public void onException(Exception e) {
            closed.completeExceptionally(e);
          }
        });

    closed.get(60, TimeUnit.SECONDS);
  }

  private static RecordingLoader latched(CountDownLatch mayLoad) {
    return new RecordingLoader(
        key -> {
          try {
            mayLoad.await();
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
          return "loaded";
        });
  }

  private static void awaitIdle(Thread thread) {
    await().until(() -> thread.getState() == Thread.State.TIMED_WAITING);
  }

  private static void loadAll(Cache<String, String> cache, Set<String> keys, boolean replace)
      throws Exception {
    CompletionListenerFuture done = new CompletionListenerFuture();
    cache.loadAll(keys, replace, done);
    done.get();
  }

  /** Records its calls. */
  private static final class RecordingCompletion implements CompletionListener {

    final List<String> calls = new CopyOnWriteArrayList<>();
    final AtomicReference<Exception> failure = new AtomicReference<>();

    @Override
    public void onCompletion() {
      calls.add("completion");
    }

    @Override
    public void onException(Exception e) {
      failure.set(e);
      calls.add("exception");
    }
  }

  @Test
  void loaderMayCloseTheCache() throws Exception {
    AtomicReference<Cache<String, String>> cache = new AtomicReference<>();
    CompletableFuture<Duration> closing = new CompletableFuture<>();
    RecordingLoader loader =
        new RecordingLoader(
            key -> {
              long begun = System.nanoTime();
              requireNonNull(cache.get()).close();
              closing.complete(Duration.ofNanos(System.nanoTime() - begun));
              return key;
            });
    Cache<String, String> opened = caches.open(loader.configuration());
    cache.set(opened);

    opened.loadAll(Set.of("a"), true, null);

    assertThat(closing.get(60, TimeUnit.SECONDS)).isLessThan(Duration.ofSeconds(8));
    assertThat(opened.isClosed()).isTrue();
  }
}
