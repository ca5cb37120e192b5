package org.jcachememcached.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import javax.cache.Cache;
import javax.cache.configuration.FactoryBuilder.SingletonFactory;
import javax.cache.integration.CacheLoader;
import org.jcachememcached.MemcachedConfiguration;
import org.jcachememcached.TestCaches;
import org.jcachememcached.api.MemcachedStatisticsMXBean;
import org.jcachememcached.testing.RecordingLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the statistics say of leases. */
class LeaseStatisticsTest extends LeasedLoads {

  private static final Duration LONGEST_WAIT = Duration.ofMillis(100);

  private Cache<String, String> open(CacheLoader<String, String> loader) {
    return caches.open(
        new MemcachedConfiguration<String, String>()
            .set("lease.wait", LONGEST_WAIT.toMillis() + "ms")
            .setCacheLoaderFactory(new SingletonFactory<>(loader))
            .setReadThrough(true)
            .setStatisticsEnabled(true));
  }

  @Test
  void aLoadThatMeetsNoOtherCountsNothing() {
    Cache<String, String> cache = open(loader);

    cache.get("k");
    cache.get("k");

    assertCounts(0, Duration.ZERO, 0, 0);
    assertThat(caches.statistics().getAverageLeaseWaitTime()).isZero();
  }

  @ParameterizedTest
  @MethodSource("reads")
  void aWaitCountsAndLastsUntilTheValueIsThere(Loading load) {
    Cache<String, String> cache = open(loader);
    plantLease();
    putAtPoll(3);

    assertThat(load.apply(cache)).isEqualTo("K");

    assertCounts(1, TestCaches.POLL.multipliedBy(3), 0, 0);
    assertThat(caches.statistics().getAverageLeaseWaitTime()).isEqualTo(30_000f);
  }

  private void putAtPoll(int number) {
    AtomicInteger polls = new AtomicInteger();
    caches.whilePolling(
        () -> {
          if (polls.incrementAndGet() == number) {
            rival.put("k", "K");
          }
        });
  }

  @Test
  void aCallThatWaitsForSeveralEntriesWaitsOnce() {
    Cache<String, String> cache = open(loader);
    plantLease();
    putAtPoll(2);

    assertThat(cache.getAll(Set.of("a", "b", "k"))).hasSize(3);

    assertCounts(1, TestCaches.POLL.multipliedBy(2), 0, 0);
  }

  @Test
  void theMeanIsThatOfAllWaits() {
    Cache<String, String> cache = open(loader);
    plantLease();
    putAtPoll(1);
    cache.get("k");
    rival.remove("k");
    plantLease();
    putAtPoll(5);
    cache.get("k");

    assertCounts(2, TestCaches.POLL.multipliedBy(6), 0, 0);
    assertThat(caches.statistics().getAverageLeaseWaitTime()).isEqualTo(30_000f);
  }

  @ParameterizedTest
  @MethodSource("loads")
  void aWaitThatEndsWithoutAValueCountsTwice(Loading load) {
    Cache<String, String> cache = open(loader);
    plantLease();

    assertThat(load.apply(cache)).isEqualTo("K");

    assertCounts(1, LONGEST_WAIT, 1, 0);
  }

  @ParameterizedTest
  @MethodSource("loads")
  void aValueThatIsNotStoredBecauseItsLeaseHasEndedCounts(Loading load) {
    Cache<String, String> cache =
        open(
            new RecordingLoader(
                key -> {
                  CompletableFuture.runAsync(() -> rival.remove("k")).join();
                  return "K";
                }));

    assertThat(load.apply(cache)).isEqualTo("K");

    assertCounts(0, Duration.ZERO, 0, 1);
  }

  @Test
  void eachRunOfAnEntryProcessorThatLosesItsLeaseCounts() {
    Cache<String, String> cache =
        caches.open(TestCaches.configuration().setStatisticsEnabled(true));
    AtomicInteger runs = new AtomicInteger();

    cache.invoke(
        "k",
        (entry, arguments) -> {
          if (runs.incrementAndGet() <= 2) {
            CompletableFuture.runAsync(() -> rival.removeAll(Set.of("k"))).join();
          }
          entry.setValue("v");
          return null;
        });

    assertThat(runs).hasValue(3);
    assertCounts(0, Duration.ZERO, 0, 2);
  }

  @Test
  void aLoadOfNothingLosesNoLease() {
    Cache<String, String> cache = open(new RecordingLoader(key -> null));

    assertThat(cache.get("k")).isNull();

    assertCounts(0, Duration.ZERO, 0, 0);
  }

  @Test
  void clearingThemBeginsAnew() {
    Cache<String, String> cache = open(loader);
    plantLease();
    cache.get("k");

    caches.statistics().clear();

    assertCounts(0, Duration.ZERO, 0, 0);
  }

  private void assertCounts(long waits, Duration waited, long timeouts, long lost) {
    MemcachedStatisticsMXBean statistics = caches.statistics();
    assertThat(
            new long[] {
              statistics.getLeaseWaits(),
              statistics.getLeaseWaitMillis(),
              statistics.getLeaseWaitTimeouts(),
              statistics.getLostLeases()
            })
        .as("waits, milliseconds, timeouts, lost leases")
        .containsExactly(waits, waited.toMillis(), timeouts, lost);
  }
}
