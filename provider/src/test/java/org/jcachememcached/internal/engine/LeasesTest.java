package org.jcachememcached.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;
import static org.jcachememcached.testing.FailingStore.any;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.configuration.FactoryBuilder.SingletonFactory;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.integration.CompletionListener;
import javax.cache.processor.MutableEntry;
import org.jcachememcached.MemcachedCache;
import org.jcachememcached.MemcachedConfiguration;
import org.jcachememcached.TestCaches;
import org.jcachememcached.internal.codec.envelope.Envelope;
import org.jcachememcached.internal.store.Command;
import org.jcachememcached.internal.store.Item;
import org.jcachememcached.internal.store.Reply;
import org.jcachememcached.internal.store.StoreException.Reason;
import org.jcachememcached.internal.store.StoredItem;
import org.jcachememcached.testing.RecordingLoader;
import org.jcachememcached.testing.RecordingWriter;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Which call loads an entry, what the others do meanwhile, and what may be stored then. */
class LeasesTest {

  private static final Duration TTL = Duration.ofSeconds(10);

  private final TestCaches caches = new TestCaches("memory:test?lease.invoke=true");
  private final RecordingLoader loader = new RecordingLoader();
  private final Cache<String, String> rival = caches.openRival(TestCaches.configuration());

  @AfterEach
  void close() {
    caches.close();
  }

  /** A call that loads the value of "k" if there is none, with that loader. */
  private interface Loading extends Function<Cache<String, String>, @Nullable String> {}

  static Stream<Arguments> loads() {
    return Stream.of(
        load("get", cache -> cache.get("k")),
        load("getAll", cache -> cache.getAll(Set.of("k")).get("k")),
        load("invoke", cache -> cache.invoke("k", (entry, arguments) -> entry.getValue())),
        load("loadAll", LeasesTest::loadAll),
        load("loadAll, replacing", LeasesTest::loadAllAnew));
  }

  /** Those that need no value of their own. */
  static Stream<Arguments> reads() {
    return loads().limit(4);
  }

  private static Arguments load(String name, Loading load) {
    return Arguments.argumentSet(name, load);
  }

  private static @Nullable String loadAll(Cache<String, String> cache) {
    return loadAll(cache, false);
  }

  private static @Nullable String loadAllAnew(Cache<String, String> cache) {
    return loadAll(cache, true);
  }

  private static @Nullable String loadAll(Cache<String, String> cache, boolean replace) {
    CompletableFuture<@Nullable Void> done = new CompletableFuture<>();
    cache.loadAll(
        Set.of("k"),
        replace,
        new CompletionListener() {
          @Override
          public void onCompletion() {
            done.complete(null);
          }

          @Override
          public void onException(Exception e) {
            done.completeExceptionally(e);
          }
        });
    done.join();
    return "K";
  }

  @ParameterizedTest
  @MethodSource
  void loads(Loading load) {
    Cache<String, String> cache = caches.open(loader.configuration());

    assertThat(load.apply(cache)).isEqualTo("K");

    assertThat(caches.counting().roundTrips()).contains("Claim", "CompareAndSet");
    assertThat(loader.calls()).hasSize(1);
    assertThat(rival.get("k")).isEqualTo("K");
  }

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
  @MethodSource("reads")
  void waitsForTheValueOfAnotherCall(Loading load) {
    plantLease();
    AtomicInteger polls = new AtomicInteger();
    caches.whilePolling(
        () -> {
          if (polls.incrementAndGet() == 3) {
            rival.put("k", "K");
          }
        });
    Cache<String, String> cache = caches.open(loader.configuration());

    assertThat(load.apply(cache)).isEqualTo("K");

    assertThat(polls).hasValue(3);
    assertThat(loader.calls()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("loads")
  void followsAHolderThatHasEnded(Loading load) {
    plantLease();
    Cache<String, String> cache = caches.open(loader.configuration());
    caches.clock().advance(TTL.minus(TestCaches.POLL));

    assertThat(load.apply(cache)).isEqualTo("K");

    assertThat(loader.calls()).hasSize(1);
    assertThat(rival.get("k")).isEqualTo("K");
  }

  @ParameterizedTest
  @MethodSource("loads")
  void loadsWithoutStoringAfterTheLongestWait(Loading load) {
    plantLease();
    Item lease = stored();
    Cache<String, String> cache =
        caches.open(with(new MemcachedConfiguration<String, String>().set("lease.wait", "100ms")));

    assertThat(load.apply(cache)).isEqualTo("K");

    assertThat(loader.calls()).hasSize(1);
    assertThat(stored().data()).isEqualTo(lease.data());
    assertThat(rival.containsKey("k")).isFalse();
  }

  private MutableConfiguration<String, String> with(
      MutableConfiguration<String, String> configuration) {
    return configuration.setCacheLoaderFactory(new SingletonFactory<>(loader)).setReadThrough(true);
  }

  @ParameterizedTest
  @MethodSource("loads")
  void doesNotWaitIfThereAreNoLeases(Loading load) {
    plantLease();
    caches.whilePolling(() -> rival.put("k", "never"));
    Cache<String, String> cache =
        caches.open(with(new MemcachedConfiguration<String, String>().set("lease.loads", "false")));

    assertThat(load.apply(cache)).isEqualTo("K");

    assertThat(rival.get("k")).isEqualTo("K");
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
  void loadsWhatItCanWhileItWaitsForTheRest() {
    plantLease();
    caches.whilePolling(
        () -> {
          assertThat(loader.calls()).containsExactly("loadAll [a, b]");
          rival.put("k", "theirs");
        });
    Cache<String, String> cache = caches.open(loader.configuration());

    assertThat(cache.getAll(Set.of("a", "b", "k")))
        .isEqualTo(Map.of("a", "A", "b", "B", "k", "theirs"));
  }

  @Test
  void aLeaseIsAbsentToEveryOperation() {
    plantLease();
    Cache<String, String> cache = caches.open();

    assertThat(cache.get("k")).isNull();
    assertThat(cache.containsKey("k")).isFalse();
    assertThat(cache.replace("k", "v")).isFalse();
    assertThat(cache.iterator().hasNext()).isFalse();
    assertThat(cache.getAll(Set.of("k"))).isEmpty();
    assertThat(stored().data()).hasSize(3 * Long.BYTES);
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
  void loadsNeverthelessIfTheStoreRefusesALease() {
    Cache<String, String> cache = caches.open(loader.configuration());
    caches.failing().answer(any(Command.Claim.class), Reply.NOT_STORED);

    assertThat(cache.get("k")).isEqualTo("K");

    assertThat(rival.get("k")).isEqualTo("K");
  }

  @Test
  void loadsNeverthelessIfALeaseFails() {
    Cache<String, String> cache = caches.open(loader.configuration());
    caches.failing().fail(any(Command.Claim.class), Reason.UNREACHABLE);

    assertThat(cache.get("k")).isEqualTo("K");
  }

  @Test
  void aLeaseWhoseReplyIsLostKeepsNoCallWaiting() {
    Cache<String, String> cache = caches.open(loader.configuration());
    caches.failing().loseAnswer(any(Command.Claim.class));

    assertThat(cache.get("k")).isEqualTo("K");

    assertThat(caches.storedKeys()).isEmpty();
    assertThat(caches.counting().roundTrips()).containsExactly("Get", "Claim");
  }

  @Test
  void anEntryProcessorRunsUnderALease() {
    plantLease();
    caches.whilePolling(() -> rival.put("k", "theirs"));
    Cache<String, String> cache = caches.open();

    assertThat(cache.<String>invoke("k", LeasesTest::computeIfAbsent)).isEqualTo("theirs");
  }

  @Test
  void anEntryProcessorRunsAtOnceByDefault() {
    try (TestCaches others = new TestCaches()) {
      plant(others, Leftovers.lease(others.clock().millis() + 10_000, Item.FOREVER));
      others.whilePolling(() -> fail("does not wait"));

      assertThat(others.open().<String>invoke("k", LeasesTest::computeIfAbsent))
          .isEqualTo("computed");
    }
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

  private static void fail(String message) {
    throw new AssertionError(message);
  }

  private static String computeIfAbsent(MutableEntry<String, String> entry, Object... arguments) {
    if (!entry.exists()) {
      entry.setValue("computed");
    }
    return entry.getValue();
  }

  @Test
  void aFailureOfTheStoreWhileItWaitsEndsTheWait() {
    plantLease();
    caches.whilePolling(() -> caches.failing().failAll(any(Command.class), Reason.UNREACHABLE));
    Cache<String, String> cache = caches.open(loader.configuration());

    assertThat(cache.get("k")).isEqualTo("K");
  }

  @Test
  void aFailureIsThrownIfThePolicyIsToThrow() {
    try (TestCaches throwing = new TestCaches("memory:test?on.failure=throw")) {
      plant(throwing, Leftovers.lease(throwing.clock().millis() + 10_000, Item.FOREVER));
      throwing.whilePolling(
          () -> throwing.failing().failAll(any(Command.class), Reason.UNREACHABLE));
      Consumer<Cache<String, String>> call = cache -> cache.get("k");

      assertThatExceptionOfType(CacheException.class)
          .isThrownBy(() -> call.accept(throwing.open(loader.configuration())));
    }
  }

  private void plantLease() {
    long end = caches.clock().millis() + TTL.toMillis();
    plant(caches, Leftovers.lease(end, end));
  }

  private static void plant(TestCaches caches, Item item) {
    Cache<String, String> any = caches.openRival(TestCaches.configuration());
    any.put("k", "v");
    String wire = caches.storedKeys().get(0);
    assertThat(caches.memory().send(List.of(new Command.Set(wire, item))).join())
        .containsExactly(Reply.DONE);
  }

  private Item stored() {
    StoredItem item = storedItem();
    return new Item(item.flags(), item.data(), item.keepUntil());
  }

  private StoredItem storedItem() {
    Command get = new Command.Get(caches.storedKeys().get(0));
    return Objects.requireNonNull(caches.memory().send(List.of(get)).join().get(0).item());
  }
}
