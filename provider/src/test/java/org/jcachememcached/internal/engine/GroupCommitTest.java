package org.jcachememcached.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jcachememcached.internal.engine.WaitingCalls.increment;
import static org.jcachememcached.internal.engine.WaitingCalls.invoke;
import static org.jcachememcached.testing.FailingStore.any;

import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.IntStream;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.processor.EntryProcessorException;
import org.jcachememcached.TestCaches;
import org.jcachememcached.internal.store.Command;
import org.jcachememcached.internal.store.StoreException.Reason;
import org.jcachememcached.testing.RecordingListener;
import org.junit.jupiter.api.Test;

/** Calls of several threads that wait for one key: applied one by one, stored together. */
class GroupCommitTest {

  private static final List<String> TOGETHER = List.of("Get", "CompareAndSet");

  private RecordingListener listener = new RecordingListener();

  @Test
  void eightCallsTakeTwoRoundTrips() {
    carryOut(
        cache -> IntStream.range(0, 8).mapToObj(i -> increment(cache)).toList(),
        TOGETHER,
        (caches, results) -> {
          assertThat(results).containsExactly("1", "2", "3", "4", "5", "6", "7", "8");
          assertThat(caches.open().get("k")).isEqualTo("8");
        });
  }

  @Test
  void eachCallSeesWhatTheOneBeforeHasLeft() {
    carryOut(
        cache ->
            List.of(
                increment(cache),
                () -> cache.getAndPut("k", "10"),
                () -> cache.replace("k", "10", "20"),
                () -> cache.replace("k", "10", "30"),
                () -> cache.getAndRemove("k"),
                () -> cache.getAndRemove("k"),
                invoke(cache, (entry, arguments) -> entry.getValue()),
                increment(cache)),
        TOGETHER,
        (caches, results) -> {
          assertThat(results).containsExactly("1", "1", true, false, "20", null, null, "1");
          assertThat(caches.open().get("k")).isEqualTo("1");
          assertThat(listener.events())
              .containsExactly(
                  "CREATED k=0",
                  "UPDATED k=1 (0)",
                  "UPDATED k=10 (1)",
                  "UPDATED k=20 (10)",
                  "REMOVED k=20 (20)",
                  "CREATED k=1");
          assertThat(caches.statistics().getCachePuts()).isEqualTo(1 + 4);
          assertThat(caches.statistics().getCacheRemovals()).isEqualTo(1);
          assertThat(caches.statistics().getCacheHits()).isEqualTo(5);
          assertThat(caches.statistics().getCacheMisses()).isEqualTo(3);
        });
  }

  @Test
  void aProcessorThatThrowsChangesNothingForTheOthers() {
    carryOut(
        cache ->
            List.of(
                increment(cache),
                invoke(
                    cache,
                    (entry, arguments) -> {
                      entry.setValue("100");
                      throw new IllegalStateException("refused");
                    }),
                increment(cache)),
        TOGETHER,
        (caches, results) -> {
          assertThat(results.get(0)).isEqualTo("1");
          assertThat(results.get(1))
              .isInstanceOf(EntryProcessorException.class)
              .extracting(e -> ((Throwable) e).getCause())
              .isInstanceOf(IllegalStateException.class);
          assertThat(results.get(2)).isEqualTo("2");
        });
  }

  @Test
  void theEntryMayEndRemoved() {
    carryOut(
        cache -> List.of(increment(cache), () -> cache.remove("k")),
        List.of("Get", "CompareAndDelete"),
        (caches, results) -> {
          assertThat(results).containsExactly("1", true);
          assertThat(caches.storedKeys()).isEmpty();
        });
  }

  @Test
  void aLostRaceAppliesAllAgain() {
    AtomicInteger runs = new AtomicInteger();
    for (int attempt = 0; ; attempt++) {
      runs.set(0);
      try (TestCaches caches = new TestCaches()) {
        Cache<String, String> cache = caches.open();
        Cache<String, String> rival = caches.openRival(TestCaches.configuration());
        cache.put("k", "0");
        caches.racing().before(Command.CompareAndSet.class, () -> rival.put("k", "100"));

        List<Object> results =
            WaitingCalls.start(caches, Collections.nCopies(3, counted(cache, runs))).results();

        assertThat(results).containsExactlyInAnyOrder("101", "102", "103");
        assertThat(cache.get("k")).isEqualTo("103");
        if (runs.get() == 6 || attempt == 100) {
          assertThat(runs).hasValue(6);
          return;
        }
      }
    }
  }

  private static Callable<Object> counted(Cache<String, String> cache, AtomicInteger runs) {
    return invoke(
        cache,
        (entry, arguments) -> {
          runs.incrementAndGet();
          entry.setValue(String.valueOf(Integer.parseInt(entry.getValue()) + 1));
          return entry.getValue();
        });
  }

  @Test
  void oneReadDecidesForAllWhetherALostStoreHasHappened() {
    carryOutWith(
        caches -> caches.failing().loseAnswer(any(Command.CompareAndSet.class)),
        WaitingCalls::threeIncrements,
        List.of("Get", "CompareAndSet", "Get"),
        (caches, results) -> {
          assertThat(results).containsExactly("1", "2", "3");
          assertThat(listener.events())
              .containsExactly(
                  "CREATED k=0", "UPDATED k=1 (0)", "UPDATED k=2 (1)", "UPDATED k=3 (2)");
        });
  }

  @Test
  void aStoreThatHasNotHappenedIsSentAgain() {
    carryOutWith(
        caches -> caches.failing().loseCommand(any(Command.CompareAndSet.class)),
        WaitingCalls::threeIncrements,
        List.of("Get", "CompareAndSet", "Get", "CompareAndSet"),
        (caches, results) -> {
          assertThat(results).containsExactly("1", "2", "3");
          assertThat(caches.open().get("k")).isEqualTo("3");
        });
  }

  @Test
  void allAreToldThatTheOutcomeIsUnknown() {
    carryOutWith(
        caches -> {
          Cache<String, String> rival = caches.openRival(TestCaches.configuration());
          caches.failing().loseAnswer(any(Command.CompareAndSet.class));
          caches.racing().after(Command.CompareAndSet.class, () -> rival.put("k", "100"));
        },
        WaitingCalls::threeIncrements,
        List.of("Get", "CompareAndSet", "Get"),
        (caches, results) -> {
          assertThat(results)
              .allSatisfy(
                  result ->
                      assertThat((Throwable) result)
                          .isInstanceOf(CacheException.class)
                          .hasMessage(
                              "Cache 'test': scripted lost answer; whether it took effect is"
                                  + " unknown"))
              .doesNotHaveDuplicates();
          assertThat(caches.open().get("k")).isEqualTo("100");
          assertThat(listener.events()).containsExactly("CREATED k=0");
        });
  }

  @Test
  void allFailWithTheStore() {
    carryOutWith(
        caches -> caches.failing().fail(any(Command.CompareAndSet.class), Reason.UNREACHABLE),
        WaitingCalls::threeIncrements,
        TOGETHER,
        (caches, results) -> {
          assertThat(results)
              .allSatisfy(
                  result ->
                      assertThat((Throwable) result)
                          .isInstanceOf(CacheException.class)
                          .hasMessage("Cache 'test': scripted UNREACHABLE"));
          assertThat(caches.open().get("k")).isEqualTo("0");
        });
  }

  private void carryOut(
      Function<Cache<String, String>, List<Callable<Object>>> calls,
      List<String> roundTrips,
      WaitingCalls.Verification verification) {
    carryOutWith(caches -> {}, calls, roundTrips, verification);
  }

  /** Carries out calls together, on an entry with the value 0. */
  private void carryOutWith(
      Consumer<TestCaches> disturbance,
      Function<Cache<String, String>, List<Callable<Object>>> calls,
      List<String> roundTrips,
      WaitingCalls.Verification verification) {
    WaitingCalls.carryOut(
        caches -> {
          listener = new RecordingListener();
          Cache<String, String> cache =
              caches.open(
                  TestCaches.configuration()
                      .setStatisticsEnabled(true)
                      .addCacheEntryListenerConfiguration(listener.synchronous()));
          cache.put("k", "0");
          disturbance.accept(caches);
          return calls.apply(cache);
        },
        roundTrips,
        verification);
  }
}
