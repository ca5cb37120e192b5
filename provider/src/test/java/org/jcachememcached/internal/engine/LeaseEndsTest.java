package org.jcachememcached.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.jcachememcached.testing.FailingStore.any;
import static org.jcachememcached.testing.Patience.await;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import javax.cache.Cache;
import javax.cache.configuration.FactoryBuilder.SingletonFactory;
import org.jcachememcached.MemcachedCache;
import org.jcachememcached.MemcachedConfiguration;
import org.jcachememcached.TestCaches;
import org.jcachememcached.internal.codec.envelope.Envelope;
import org.jcachememcached.internal.store.Command;
import org.jcachememcached.internal.store.StoredItem;
import org.jcachememcached.testing.RecordingLoader;
import org.jcachememcached.testing.RecordingWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** When a lease ends, and what may not be stored then. */
class LeaseEndsTest extends LeasedLoads {

  @ParameterizedTest
  @MethodSource("loads")
  void storesNothingOverARemoval(Loading load) {
    loseDuringLoad(load, () -> rival.remove("k"));

    assertThat(caches.storedKeys()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("loads")
  void storesNothingOverARemovalWithoutAnswer(Loading load) {
    loseDuringLoad(load, () -> rival.removeAll(Set.of("k")));

    assertThat(caches.storedKeys()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("loads")
  void storesNothingOverAClear(Loading load) {
    loseDuringLoad(load, rival::clear);

    assertThat(caches.storedKeys()).isEmpty();
  }

  /** A cache that has to find every entry in order to remove it. */
  @ParameterizedTest
  @MethodSource("loads")
  void storesNothingOverARemovalOfAll(Loading load) {
    Cache<String, String> counting =
        caches.openRival(TestCaches.configuration().setStatisticsEnabled(true));

    loseDuringLoad(load, counting::removeAll);

    assertThat(caches.storedKeys()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("loads")
  void storesNothingOverANewerValue(Loading load) {
    loseDuringLoad(load, () -> rival.put("k", "newer"));

    assertThat(rival.get("k")).isEqualTo("newer");
  }

  @ParameterizedTest
  @MethodSource("loads")
  void aValueMayBePutWhereItIsLoaded(Loading load) {
    loseDuringLoad(load, () -> assertThat(rival.putIfAbsent("k", "newer")).isTrue());

    assertThat(rival.get("k")).isEqualTo("newer");
  }

  /** In a thread of its own: in the one that loads it would be a part of that call. */
  private void loseDuringLoad(Loading load, Runnable interference) {
    RecordingLoader slow =
        new RecordingLoader(
            key -> {
              CompletableFuture.runAsync(interference).join();
              return "K";
            });

    assertThat(load.apply(caches.open(slow.configuration()))).isEqualTo("K");
  }

  @Test
  void aRemovalEndsALease() {
    plantLease();

    assertThat(rival.remove("k")).isFalse();

    assertThat(caches.storedKeys()).isEmpty();
  }

  @Test
  void whatIsComputedIsNotStoredOverARemoval() {
    MemcachedCache<String, String> cache = MemcachedCache.of(caches.open());

    assertThat(
            cache.getOrCompute(
                "k",
                key -> {
                  CompletableFuture.runAsync(() -> rival.remove("k")).join();
                  return "older";
                }))
        .isEqualTo("older");

    assertThat(caches.storedKeys()).isEmpty();
  }

  @Test
  void whatAnotherClientPutsWinsOverWhatIsComputed() {
    MemcachedCache<String, String> cache = MemcachedCache.of(caches.open());

    assertThat(
            cache.getOrCompute(
                "k",
                key -> {
                  CompletableFuture.runAsync(() -> rival.put("k", "newer")).join();
                  return "older";
                }))
        .isEqualTo("newer");
  }

  @ParameterizedTest
  @MethodSource("loads")
  void aLeaseEndsAtOnceIfThereIsNoValue(Loading load) {
    Cache<String, String> cache = caches.open(new RecordingLoader(key -> null).configuration());

    String unused = load.apply(cache);

    assertThat(caches.storedKeys()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("loads")
  void aLeaseEndsAtOnceIfTheLoaderFails(Loading load) {
    RecordingLoader failing =
        new RecordingLoader(
            key -> {
              throw new IllegalStateException("scripted");
            });
    Cache<String, String> cache = caches.open(failing.configuration());

    assertThatExceptionOfType(RuntimeException.class)
        .isThrownBy(() -> load.apply(cache))
        .withStackTraceContaining("scripted");

    assertThat(caches.storedKeys()).isEmpty();
  }

  @Test
  void aLeaseEndsAtOnceIfAnErrorIsThrown() {
    MemcachedCache<String, String> cache = MemcachedCache.of(caches.open());

    assertThatExceptionOfType(Throwable.class)
        .isThrownBy(
            () ->
                cache.getOrCompute(
                    "k",
                    key -> {
                      throw new AssertionError("scripted");
                    }));

    assertThat(caches.storedKeys()).isEmpty();
  }

  @Test
  void isRenewedWhileTheLoadLasts() {
    RecordingLoader slow =
        new RecordingLoader(
            key -> {
              caches.clock().advance(Duration.ofMillis(60));
              await().until(() -> endOfLease() >= caches.clock().millis() + 100);
              return "K";
            });
    Cache<String, String> cache =
        caches.open(
            new MemcachedConfiguration<String, String>()
                .set("lease.ttl", "100ms")
                .setCacheLoaderFactory(new SingletonFactory<>(slow))
                .setReadThrough(true));

    assertThat(cache.get("k")).isEqualTo("K");

    await().until(() -> "K".equals(rival.get("k")));
  }

  private long endOfLease() {
    StoredItem item = storedItem();
    return Envelope.open(item.flags(), item.data()).leaseEnd();
  }

  /** Writers need the tombstone that the lease has replaced. */
  @Test
  void aTombstoneIsThereAgainAfterALoadOfNothing() {
    Cache<String, String> cache =
        caches.open(
            new RecordingWriter()
                .configuration()
                .setCacheLoaderFactory(new SingletonFactory<>(new RecordingLoader(key -> null)))
                .setReadThrough(true));
    cache.put("k", "v");
    cache.remove("k");
    StoredItem tombstone = storedItem();

    assertThat(cache.get("k")).isNull();

    assertThat(storedItem().flags()).isEqualTo(tombstone.flags() & ~0x0800);
    assertThat(Envelope.open(storedItem().flags(), storedItem().data()).leaseEnd()).isZero();
    assertThat(Envelope.open(storedItem().flags(), storedItem().data()).deadline())
        .isEqualTo(Envelope.NO_ENTRY);
  }

  @Test
  void aLeaseWhoseReplyIsLostKeepsNoCallWaiting() {
    Cache<String, String> cache = caches.open(loader.configuration());
    caches.failing().loseAnswer(any(Command.Claim.class));

    assertThat(cache.get("k")).isEqualTo("K");

    assertThat(caches.storedKeys()).isEmpty();
    assertThat(caches.counting().roundTrips()).containsExactly("Get", "Claim");
  }

  /** A put and a removal while it runs, and again while it runs anew. */
  @Test
  void anEntryProcessorThatLosesItsLeaseRunsAnewUnderAnother() {
    AtomicInteger version = new AtomicInteger();
    MemcachedCache<String, String> cache = MemcachedCache.of(caches.open());

    String result =
        cache.invoke(
            "k",
            (entry, arguments) -> {
              String read = "version " + version.get();
              if (version.get() < 3) {
                CompletableFuture.runAsync(
                        () -> {
                          rival.put("k", "version " + version.incrementAndGet());
                          rival.remove("k");
                        })
                    .join();
              }
              entry.setValue(read);
              return read;
            });

    assertThat(result).isEqualTo("version 3");
    assertThat(rival.get("k")).isEqualTo("version 3");
  }
}
