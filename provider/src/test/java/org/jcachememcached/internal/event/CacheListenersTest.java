package org.jcachememcached.internal.event;

import static java.util.concurrent.TimeUnit.MINUTES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.jcachememcached.testing.Patience.await;

import java.io.Closeable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.cache.Cache;
import javax.cache.configuration.CacheEntryListenerConfiguration;
import javax.cache.configuration.CompleteConfiguration;
import javax.cache.configuration.MutableCacheEntryListenerConfiguration;
import javax.cache.event.CacheEntryCreatedListener;
import javax.cache.event.CacheEntryEvent;
import javax.cache.event.CacheEntryListenerException;
import javax.cache.expiry.CreatedExpiryPolicy;
import javax.cache.expiry.Duration;
import org.jcachememcached.TestCaches;
import org.jcachememcached.testing.RecordingListener;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Listeners are called for every change, in order, once, and never delay other calls for long. */
class CacheListenersTest {

  private final TestCaches caches = new TestCaches();
  private final RecordingListener listener = new RecordingListener();

  @AfterEach
  void close() {
    caches.close();
  }

  @Test
  void hearOfCreationUpdateAndRemovalWithOldValues() {
    Cache<String, String> cache = caches.open();
    cache.registerCacheEntryListener(listener.synchronous());

    cache.put("k", "1");
    cache.put("k", "2");
    cache.getAndPut("k", "3");
    cache.replace("k", "4");
    cache.remove("k");

    assertThat(listener.events())
        .containsExactly(
            "CREATED k=1",
            "UPDATED k=2 (1)",
            "UPDATED k=3 (2)",
            "UPDATED k=4 (3)",
            "REMOVED k=4 (4)");
  }

  @Test
  void hearNothingOfWhatChangesNothing() {
    Cache<String, String> cache = caches.open();
    cache.put("k", "1");
    cache.registerCacheEntryListener(listener.synchronous());

    assertThat(cache.get("k")).isEqualTo("1");
    assertThat(cache.containsKey("k")).isTrue();
    assertThat(cache.putIfAbsent("k", "2")).isFalse();
    assertThat(cache.remove("k", "2")).isFalse();
    assertThat(cache.remove("absent")).isFalse();
    cache.clear();

    assertThat(listener.events()).isEmpty();
  }

  @Test
  void hearOfAnExpiredEntryOnce() {
    Cache<String, String> cache =
        caches.open(
            TestCaches.configuration()
                .setExpiryPolicyFactory(CreatedExpiryPolicy.factoryOf(new Duration(MINUTES, 1)))
                .addCacheEntryListenerConfiguration(listener.synchronous()));
    cache.put("k", "v");
    caches.clock().advance(java.time.Duration.ofSeconds(61));

    assertThat(cache.get("k")).isNull();
    assertThat(cache.get("k")).isNull();
    assertThat(cache.remove("k")).isFalse();

    assertThat(listener.events()).containsExactly("CREATED k=v", "EXPIRED k=v (v)");
  }

  @Test
  void hearOfABulkCallAtOnce() {
    Cache<String, String> cache = caches.open();
    cache.put("a", "0");
    cache.registerCacheEntryListener(listener.synchronous());

    cache.putAll(Map.of("b", "1", "c", "1"));
    cache.removeAll(Set.of("a", "b", "c"));

    assertThat(listener.calls()).hasSize(2);
    assertThat(listener.calls().get(0)).containsExactlyInAnyOrder("CREATED b=1", "CREATED c=1");
    assertThat(listener.calls().get(1)).hasSize(3);
  }

  @Test
  void hearOnlyWhatTheirFilterLetsThrough() {
    Cache<String, String> cache = caches.open();
    cache.registerCacheEntryListener(listener.filtered(event -> event.getKey().equals("b")));

    cache.putAll(Map.of("a", "1", "b", "1"));
    cache.put("a", "2");

    assertThat(listener.calls()).containsExactly(List.of("CREATED b=1"));
  }

  @Test
  void areAllToldThoughOneFails() {
    Cache<String, String> cache = caches.open();
    IllegalStateException cause = new IllegalStateException("scripted");
    RecordingListener failing =
        new RecordingListener(
            () -> {
              throw cause;
            });
    cache.registerCacheEntryListener(failing.synchronous());
    cache.registerCacheEntryListener(listener.synchronous());

    assertThatExceptionOfType(CacheEntryListenerException.class)
        .isThrownBy(() -> cache.put("k", "v"))
        .withCause(cause);

    assertThat(listener.events()).containsExactly("CREATED k=v");
    assertThat(cache.get("k")).isEqualTo("v");
  }

  @Test
  void mayThrowTheirOwnException() {
    Cache<String, String> cache = caches.open();
    CacheEntryListenerException own = new CacheEntryListenerException("scripted");
    RecordingListener failing =
        new RecordingListener(
            () -> {
              throw own;
            });
    cache.registerCacheEntryListener(failing.synchronous());

    assertThatThrownBy(() -> cache.put("k", "v")).isSameAs(own);
  }

  @Test
  void mayUseTheCacheAgain() {
    Cache<String, String> cache = caches.open();
    AtomicInteger depth = new AtomicInteger();
    RecordingListener nesting =
        new RecordingListener(
            () -> {
              if (depth.incrementAndGet() == 1) {
                cache.put("k", "nested");
              }
            });
    cache.registerCacheEntryListener(nesting.synchronous());

    cache.put("k", "v");

    assertThat(nesting.events()).containsExactly("CREATED k=v", "UPDATED k=nested (v)");
    assertThat(cache.get("k")).isEqualTo("nested");
  }

  @Test
  void doNotDelayOtherCalls() throws Exception {
    Cache<String, String> cache = caches.open();
    CompletableFuture<Void> others = new CompletableFuture<>();
    AtomicInteger depth = new AtomicInteger();
    RecordingListener waiting =
        new RecordingListener(
            () -> {
              if (depth.incrementAndGet() == 1) {
                runOnAnotherThread(
                    others,
                    () -> {
                      assertThat(cache.get("k")).isEqualTo("v");
                      cache.put("other", "v");
                      assertThat(cache.getCacheManager().getCacheNames()).isEmpty();
                      cache.registerCacheEntryListener(listener.synchronous());
                      TestCaches.enableStatistics(cache, true);
                    });
                others.orTimeout(30, TimeUnit.SECONDS).join();
              }
            });
    cache.registerCacheEntryListener(waiting.synchronous());

    cache.put("k", "v");

    assertThat(others).isCompletedWithValue(null);
  }

  private static void runOnAnotherThread(CompletableFuture<Void> done, Runnable work) {
    Thread thread =
        new Thread(
            () -> {
              try {
                work.run();
                done.complete(null);
              } catch (RuntimeException | AssertionError e) {
                done.completeExceptionally(e);
              }
            });
    thread.start();
  }

  @Test
  void doNotHoldTheCallerUpWhenAsynchronous() throws Exception {
    Cache<String, String> cache = caches.open();
    CountDownLatch mayGoOn = new CountDownLatch(1);
    RecordingListener slow =
        new RecordingListener(
            () -> {
              try {
                mayGoOn.await();
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
            });
    cache.registerCacheEntryListener(slow.asynchronous());
    List<String> expected = new ArrayList<>(List.of("CREATED k=0"));

    for (int i = 0; i < 100; i++) {
      cache.put("k", Integer.toString(i));
      if (i > 0) {
        expected.add("UPDATED k=" + i + " (" + (i - 1) + ")");
      }
    }
    mayGoOn.countDown();

    await().untilAsserted(() -> assertThat(slow.events()).isEqualTo(expected));
  }

  @Test
  void keepTheirExceptionsToThemselvesWhenAsynchronous() {
    Cache<String, String> cache = caches.open();
    RecordingListener failing =
        new RecordingListener(
            () -> {
              throw new IllegalStateException("scripted");
            });
    cache.registerCacheEntryListener(failing.asynchronous());

    cache.put("k", "1");
    cache.put("k", "2");

    await().untilAsserted(() -> assertThat(failing.events()).hasSize(2));
  }

  @Test
  void areRegisteredOnce() {
    Cache<String, String> cache = caches.open();
    CacheEntryListenerConfiguration<String, String> registration = listener.synchronous();
    cache.registerCacheEntryListener(registration);

    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> cache.registerCacheEntryListener(registration));

    cache.put("k", "v");
    assertThat(listener.events()).hasSize(1);
    assertThat(registrations(cache)).isEqualTo(1);
  }

  @Test
  void areClosedAndForgottenWhenDeregistered() {
    Cache<String, String> cache = caches.open();
    CloseableListener closeable = new CloseableListener();
    CacheEntryListenerConfiguration<String, String> registration =
        new MutableCacheEntryListenerConfiguration<>(() -> closeable, null, false, true);
    cache.registerCacheEntryListener(registration);

    cache.deregisterCacheEntryListener(registration);
    cache.deregisterCacheEntryListener(registration);
    cache.put("k", "v");

    assertThat(closeable.calls).hasValue(0);
    assertThat(closeable.closed).hasValue(1);
    assertThat(registrations(cache)).isZero();
  }

  @Test
  void makeABlindCacheLook() {
    Cache<String, String> cache = caches.open();
    CacheEntryListenerConfiguration<String, String> registration = listener.synchronous();
    cache.put("k", "1");
    cache.registerCacheEntryListener(registration);
    cache.put("k", "2");
    cache.deregisterCacheEntryListener(registration);
    cache.put("k", "3");

    assertThat(caches.counting().roundTrips())
        .containsExactly("Set", "Get", "CompareAndSet", "Set");
  }

  @SuppressWarnings("unchecked")
  private static int registrations(Cache<String, String> cache) {
    CompleteConfiguration<String, String> configuration =
        cache.getConfiguration(CompleteConfiguration.class);
    List<Object> all = new ArrayList<>();
    configuration.getCacheEntryListenerConfigurations().forEach(all::add);
    return all.size();
  }

  /** Counts its calls. */
  private static final class CloseableListener
      implements CacheEntryCreatedListener<String, String>, Closeable {

    final AtomicInteger calls = new AtomicInteger();
    final AtomicInteger closed = new AtomicInteger();

    @Override
    public void onCreated(Iterable<CacheEntryEvent<? extends String, ? extends String>> events) {
      calls.incrementAndGet();
    }

    @Override
    public void close() {
      closed.incrementAndGet();
    }
  }
}
