package org.jcachememcached.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.jcachememcached.testing.FailingStore.any;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.configuration.FactoryBuilder.SingletonFactory;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.processor.MutableEntry;
import org.jcachememcached.MemcachedConfiguration;
import org.jcachememcached.TestCaches;
import org.jcachememcached.internal.store.Command;
import org.jcachememcached.internal.store.Item;
import org.jcachememcached.internal.store.Reply;
import org.jcachememcached.internal.store.StoreException.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Which call loads an entry, what the others do meanwhile, and what may be stored then. */
class LeasesTest extends LeasedLoads {

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
}
