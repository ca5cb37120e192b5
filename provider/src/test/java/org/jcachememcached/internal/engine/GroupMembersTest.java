package org.jcachememcached.internal.engine;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.jcachememcached.internal.engine.WaitingCalls.increment;
import static org.jcachememcached.internal.engine.WaitingCalls.invoke;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.expiry.AccessedExpiryPolicy;
import javax.cache.expiry.Duration;
import org.jcachememcached.TestCaches;
import org.jcachememcached.internal.store.Command;
import org.jcachememcached.internal.store.StoreException.Reason;
import org.jcachememcached.testing.RecordingLoader;
import org.jcachememcached.testing.RecordingWriter;
import org.junit.jupiter.api.Test;

/** What one call of a group does or suffers, and the others do not notice. */
class GroupMembersTest {

  @Test
  void aValueThatIsTooLargeFailsAlone() {
    List<Object> results = incrementBesideTooLargeValue("memory:test?on.failure=throw");

    assertThat(results.get(0)).isEqualTo("1");
    assertThat((Throwable) results.get(1))
        .isInstanceOf(CacheException.class)
        .hasMessageContaining("scripted TOO_LARGE");
  }

  @Test
  void aValueThatIsTooLargeIsSkippedAlone() {
    List<Object> results = incrementBesideTooLargeValue("memory:test?on.failure=degrade");

    assertThat(results.get(0)).isEqualTo("1");
    assertThat(results.get(1)).isIn("0", "1");
  }

  private static List<Object> incrementBesideTooLargeValue(String uri) {
    try (TestCaches caches = new TestCaches(uri)) {
      Cache<String, String> cache = caches.open();
      cache.put("k", "0");
      caches
          .failing()
          .failAll(c -> c.item() != null && c.item().data().length > 1_000, Reason.TOO_LARGE);

      return WaitingCalls.start(
              caches, List.of(increment(cache), () -> cache.getAndPut("k", "x".repeat(2_000))))
          .results();
    }
  }

  @Test
  void aValueThatCannotBeEncodedFailsAlone() {
    try (TestCaches caches = new TestCaches()) {
      Cache<String, Object> cache = caches.open(new MutableConfiguration<String, Object>());
      cache.put("k", "0");

      List<Object> results =
          WaitingCalls.start(
                  caches,
                  List.of(
                      () -> cache.getAndPut("k", "1"),
                      () -> cache.getAndPut("k", new Object()),
                      () -> cache.getAndPut("k", "2")))
              .results();

      assertThat(results.get(0)).isEqualTo("0");
      assertThat(results.get(1)).isInstanceOf(CacheException.class);
      assertThat(results.get(2)).isIn(null, "1");
      assertThat(cache.get("k")).isEqualTo("2");
    }
  }

  @Test
  void theNextOneNeverSharesAnObject() {
    List<Object> seen = Collections.synchronizedList(new ArrayList<>());
    try (TestCaches caches = new TestCaches()) {
      Cache<String, ArrayList<String>> cache =
          caches.open(new MutableConfiguration<String, ArrayList<String>>());
      cache.put("k", new ArrayList<>());
      Callable<Object> append =
          () ->
              cache.<Serializable>invoke(
                  "k",
                  (entry, arguments) -> {
                    ArrayList<String> list = entry.getValue();
                    seen.add(list);
                    list.add("x");
                    entry.setValue(list);
                    list.add("after the processor has handed it over");
                    list.remove(list.size() - 1);
                    return list;
                  });

      List<Object> results = WaitingCalls.start(caches, Collections.nCopies(4, append)).results();

      assertThat(cache.get("k")).containsExactly("x", "x", "x", "x");
      assertThat(results.stream().map(list -> ((List<?>) list).size())).containsExactly(1, 2, 3, 4);
      assertThat(seen.stream().map(System::identityHashCode).distinct()).hasSize(seen.size());
    }
  }

  @Test
  void nobodyWaitsForASlowProcessor() {
    AtomicInteger runs = new AtomicInteger();
    CountDownLatch release = new CountDownLatch(1);
    try (TestCaches caches = new TestCaches()) {
      Cache<String, String> cache = caches.open();
      cache.put("k", "0");
      Callable<Object> slow =
          invoke(
              cache,
              (entry, arguments) -> {
                runs.incrementAndGet();
                WaitingCalls.await(release);
                entry.setValue(entry.getValue() + "+");
                return entry.getValue();
              });

      WaitingCalls calls = WaitingCalls.start(caches, List.of(increment(cache), slow));

      assertThat(calls.result(0)).isEqualTo("1");
      assertThat(cache.get("k")).isEqualTo("1");
      release.countDown();
      assertThat(calls.result(1)).isEqualTo("1+");
      // Applied to a state that was stored meanwhile, it does not run again.
      assertThat(runs).hasValue(1);
      assertThat(cache.get("k")).isEqualTo("1+");
    }
  }

  @Test
  void anErrorLeavesTheOthersAbleToGoOn() {
    try (TestCaches caches = new TestCaches()) {
      Cache<String, String> cache = caches.open();
      cache.put("k", "0");
      Callable<Object> fatal =
          invoke(
              cache,
              (entry, arguments) -> {
                throw new StackOverflowError("scripted");
              });

      List<Object> results =
          WaitingCalls.start(caches, List.of(increment(cache), fatal, increment(cache))).results();

      assertThat(results.get(0)).isEqualTo("1");
      assertThat(results.get(1)).isInstanceOf(StackOverflowError.class);
      assertThat(results.get(2)).isEqualTo("2");
    }
  }

  @Test
  void anErrorOfTheThreadThatStoresLeavesTheOthersAbleToGoOn() {
    try (TestCaches caches = new TestCaches()) {
      Cache<String, String> cache = caches.open();
      cache.put("k", "0");
      caches
          .racing()
          .before(
              Command.CompareAndSet.class,
              () -> {
                throw new OutOfMemoryError("scripted");
              });

      List<Object> results =
          WaitingCalls.start(caches, WaitingCalls.threeIncrements(cache)).results();

      assertThat(results).filteredOn(OutOfMemoryError.class::isInstance).hasSize(1);
      assertThat(results)
          .filteredOn(CacheException.class::isInstance)
          .allSatisfy(e -> assertThat((Throwable) e).hasMessageContaining("is unknown"));
      assertThat(results).filteredOn(String.class::isInstance).doesNotHaveDuplicates();
    }
  }

  @Test
  void aProcessorThatUsesTheCacheFindsWhatItHasBeenGiven() {
    AtomicInteger runs = new AtomicInteger();
    try (TestCaches caches = new TestCaches()) {
      Cache<String, String> cache = caches.open();
      cache.put("k", "0");
      Callable<Object> nested =
          invoke(
              cache,
              (entry, arguments) -> {
                runs.incrementAndGet();
                cache.put("l", "other");
                String seen = entry.getValue() + cache.get("k");
                entry.setValue(entry.getValue() + "+");
                return seen;
              });

      WaitingCalls calls = WaitingCalls.start(caches, List.of(increment(cache), nested));

      assertThat(calls.results()).containsExactly("1", "11");
      assertThat(runs).hasValue(1);
      assertThat(cache.get("k")).isEqualTo("1+");
    }
  }

  @Test
  void aProcessorThatChangesItsOwnEntryIsToldSo() {
    try (TestCaches caches = new TestCaches()) {
      Cache<String, String> cache = caches.open();
      cache.put("k", "0");
      AtomicInteger number = new AtomicInteger();
      Callable<Object> nested =
          invoke(
              cache,
              (entry, arguments) -> {
                cache.put("k", "nested" + number.incrementAndGet());
                entry.setValue("mine");
                return null;
              });

      List<Object> results =
          WaitingCalls.start(caches, List.of(increment(cache), nested)).results();

      assertThat(results.get(0)).isEqualTo("1");
      assertThat((Throwable) results.get(1))
          .isInstanceOf(CacheException.class)
          .hasMessageContaining("through a cache, in the midst of the call");
    }
  }

  @Test
  void anInterruptedThreadGetsItsResultAndStaysInterrupted() {
    WaitingCalls.carryOut(
        caches -> {
          Cache<String, String> cache = caches.open();
          cache.put("k", "0");
          return interruptedAndInterrupter(cache);
        },
        List.of("Get", "CompareAndSet"),
        (caches, results) -> assertThat(results).containsExactly("1 true", "1+"));
  }

  private static List<Callable<Object>> interruptedAndInterrupter(Cache<String, String> cache) {
    AtomicReference<Thread> first = new AtomicReference<>();
    return List.of(
        () -> {
          first.set(Thread.currentThread());
          return increment(cache).call() + " " + Thread.currentThread().isInterrupted();
        },
        invoke(
            cache,
            (entry, arguments) -> {
              requireNonNull(first.get()).interrupt();
              entry.setValue(entry.getValue() + "+");
              return entry.getValue();
            }));
  }

  @Test
  void anAccessThatMovesTheDeadlineIsAppliedOnce() {
    AtomicInteger runs = new AtomicInteger();
    try (TestCaches caches = new TestCaches()) {
      Cache<String, String> cache =
          caches.open(
              TestCaches.configuration()
                  .setExpiryPolicyFactory(AccessedExpiryPolicy.factoryOf(Duration.ONE_HOUR)));
      cache.put("k", "0");
      caches.clock().advance(java.time.Duration.ofSeconds(1));
      Callable<Object> reading =
          invoke(
              cache,
              (entry, arguments) -> {
                runs.incrementAndGet();
                return entry.getValue();
              });

      List<Object> results =
          WaitingCalls.start(caches, List.of(increment(cache), reading, increment(cache)))
              .results();

      assertThat(results).containsExactly("1", "1", "2");
      assertThat(runs).hasValue(1);
    }
  }

  @Test
  void aLoaderIsCalledOnce() {
    RecordingLoader loader = new RecordingLoader();
    try (TestCaches caches = new TestCaches()) {
      Cache<String, String> cache = caches.open(loader.configuration());
      cache.put("k", "0");
      Callable<Object> reading = invoke(cache, (entry, arguments) -> entry.getValue());

      List<Object> results =
          WaitingCalls.start(
                  caches,
                  List.of(() -> cache.remove("k"), reading, () -> cache.getAndPut("k", "1")))
              .results();

      assertThat(results).containsExactly(true, "K", "K");
      assertThat(loader.calls()).containsExactly("load k");
    }
  }

  @Test
  void aWriterIsCalledForEachCallBeforeTheNext() {
    RecordingWriter writer = new RecordingWriter();
    try (TestCaches caches = new TestCaches()) {
      Cache<String, String> cache = caches.open(writer.configuration());
      cache.put("k", "0");

      List<Object> results =
          WaitingCalls.start(caches, WaitingCalls.threeIncrements(cache)).results();

      assertThat(results).containsExactly("1", "2", "3");
      assertThat(writer.calls())
          .containsExactly("write k=0", "write k=1", "write k=2", "write k=3");
      assertThat(writer.database()).isEqualTo(Map.of("k", "3"));
    }
  }

  @Test
  void everyThreadRunsItsOwnProcessor() {
    try (TestCaches caches = new TestCaches()) {
      Cache<String, String> cache = caches.open();
      Callable<Object> naming =
          invoke(
              cache,
              (entry, arguments) -> {
                entry.setValue("any");
                return Thread.currentThread().getName();
              });

      List<Object> results = WaitingCalls.start(caches, Collections.nCopies(4, naming)).results();

      assertThat(results).containsExactly("call 0", "call 1", "call 2", "call 3");
    }
  }
}
