package org.jcachememcached.internal.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jcachememcached.testing.Patience.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import javax.cache.Cache;
import javax.cache.configuration.CacheEntryListenerConfiguration;
import javax.cache.configuration.MutableCacheEntryListenerConfiguration;
import javax.cache.event.CacheEntryCreatedListener;
import org.jcachememcached.TestCaches;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Asynchronous listeners that use the cache while writers wait for them: all go on. */
@Timeout(100)
class BusyListenersTest {

  private static final int WRITERS = 4;
  private static final Duration SOON = Duration.ofSeconds(60);

  /** So many of each writer are more than the backlog holds. */
  private static final int PUTS = 17_000;

  private final TestCaches caches = new TestCaches();
  private final CountDownLatch mayGoOn = new CountDownLatch(1);
  private final List<Thread> writers = new ArrayList<>();
  private final List<CompletableFuture<Void>> ends = new ArrayList<>();

  @AfterEach
  void close() {
    mayGoOn.countDown();
    caches.close();
  }

  @Test
  void listenerThatWritesOtherKeysDoesNotWaitForItself() {
    Cache<String, String> cache = caches.openRival(TestCaches.configuration());
    AtomicInteger calls = new AtomicInteger();
    cache.registerCacheEntryListener(
        onCreated(
            key -> {
              awaitQuietly(mayGoOn);
              calls.incrementAndGet();
              if (key.startsWith("k")) {
                cache.put("other " + key, "v");
              }
            }));

    write(
        writer -> {
          for (int i = 0; i < PUTS; i++) {
            cache.put("k" + writer + "." + i, "v");
          }
        });

    assertAllEnd();
    await().untilAsserted(() -> assertThat(calls).hasValueGreaterThan(WRITERS * PUTS));
  }

  @Test
  void listenerThatChangesTheSameKeyDoesNotWaitForTheTurnOfOneThatWaitsForRoom() {
    Cache<String, String> cache = caches.openRival(TestCaches.configuration());
    AtomicInteger replaced = new AtomicInteger();
    cache.registerCacheEntryListener(
        onCreated(
            key -> {
              awaitQuietly(mayGoOn);
              cache.replace("hot", "listener's");
              replaced.incrementAndGet();
            }));

    cache.put("hot", "v");
    write(
        writer -> {
          for (int i = 0; i < PUTS; i++) {
            cache.put("k" + writer + "." + i, "v");
            cache.getAndPut("hot", "v");
          }
        });

    assertAllEnd();
    await().untilAsserted(() -> assertThat(replaced).hasValueGreaterThanOrEqualTo(WRITERS * PUTS));
  }

  @Test
  void processorThatWritesOtherKeysWaitsForRoomAfterItsTurn() {
    Cache<String, String> cache = caches.openRival(TestCaches.configuration());
    cache.registerCacheEntryListener(
        onCreated(
            key -> {
              awaitQuietly(mayGoOn);
              cache.replace("hot", "listener's");
            }));

    write(
        writer -> {
          for (int i = 0; i < PUTS; i++) {
            String other = "k" + writer + "." + i;
            cache.invoke(
                "hot",
                (entry, arguments) -> {
                  cache.put(other, "v");
                  return null;
                });
          }
        });

    assertAllEnd();
  }

  @Test
  void interruptedCallerStoresAndKeepsItsInterrupt() {
    Cache<String, String> cache = caches.openRival(TestCaches.configuration());
    CountDownLatch begun = new CountDownLatch(1);
    cache.registerCacheEntryListener(
        onCreated(
            key -> {
              begun.countDown();
              awaitQuietly(mayGoOn);
            }));
    CompletableFuture<Void> others = CompletableFuture.runAsync(() -> fill(cache));
    awaitQuietly(begun);

    await().until(() -> cache.containsKey("k" + Backlog.MAX_EVENTS));
    Thread.currentThread().interrupt();
    for (int i = 0; i < 20; i++) {
      cache.put("interrupted " + i, "v");
    }

    assertThat(Thread.interrupted()).isTrue();
    assertThat(cache.containsKey("interrupted 19")).isTrue();
    mayGoOn.countDown();
    assertThat(others).succeedsWithin(SOON);
  }

  private static void fill(Cache<String, String> cache) {
    for (int i = 0; i < WRITERS * PUTS; i++) {
      cache.put("k" + i, "v");
    }
  }

  @Test
  void listenerMayCloseItsCache() {
    Cache<String, String> cache = caches.openRival(TestCaches.configuration());
    CompletableFuture<Duration> closing = new CompletableFuture<>();
    cache.registerCacheEntryListener(
        onCreated(
            key -> {
              long begun = System.nanoTime();
              cache.close();
              closing.complete(Duration.ofNanos(System.nanoTime() - begun));
            }));

    cache.put("k", "v");

    assertThat(closing).succeedsWithin(SOON);
    assertThat(closing.join()).isLessThan(Duration.ofSeconds(4));
    assertThat(cache.isClosed()).isTrue();
  }

  @Test
  void listenerMayDeregisterItselfAndIsToldNothingMore() {
    Cache<String, String> cache = caches.openRival(TestCaches.configuration());
    AtomicInteger calls = new AtomicInteger();
    CountDownLatch registered = new CountDownLatch(1);
    List<CacheEntryListenerConfiguration<String, String>> own = new ArrayList<>();
    own.add(
        onCreated(
            key -> {
              awaitQuietly(registered);
              calls.incrementAndGet();
              cache.deregisterCacheEntryListener(own.get(0));
            }));
    cache.registerCacheEntryListener(own.get(0));
    cache.put("1", "v");
    cache.put("2", "v");
    registered.countDown();

    await().until(() -> calls.get() > 0);
    cache.close();

    assertThat(calls).hasValue(1);
  }

  private static CacheEntryListenerConfiguration<String, String> onCreated(
      Consumer<String> reaction) {
    CacheEntryCreatedListener<String, String> listener =
        events -> events.forEach(event -> reaction.accept(event.getKey()));
    return new MutableCacheEntryListenerConfiguration<>(() -> listener, null, false, false);
  }

  /** Starts writers, and lets the listener go on when those that have not ended wait for room. */
  private void write(Consumer<Integer> work) {
    for (int i = 0; i < WRITERS; i++) {
      int number = i;
      CompletableFuture<Void> end = new CompletableFuture<>();
      Thread writer =
          new Thread(
              () -> {
                work.accept(number);
                end.complete(null);
              });
      writer.setUncaughtExceptionHandler((t, e) -> end.completeExceptionally(e));
      writer.setDaemon(true);
      writer.start();
      writers.add(writer);
      ends.add(end);
    }
    await().until(() -> writers.stream().noneMatch(BusyListenersTest::isBusy));
    mayGoOn.countDown();
  }

  private static boolean isBusy(Thread writer) {
    return writer.isAlive() && writer.getState() != Thread.State.TIMED_WAITING;
  }

  private void assertAllEnd() {
    assertThat(ends).allSatisfy(end -> assertThat(end).succeedsWithin(SOON));
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
