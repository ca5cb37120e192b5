package org.jcachememcached.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.IntStream;
import javax.cache.Cache;
import javax.cache.processor.EntryProcessor;
import org.jcachememcached.TestCaches;
import org.jcachememcached.internal.store.Command;
import org.jspecify.annotations.Nullable;

/**
 * Calls that wait for one key, each in a thread of its own: the first call reads the entry only
 * when all others wait for the lock of the key, in their order. For one test; not thread-safe.
 */
final class WaitingCalls {

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /** How often a scenario is repeated in which a thread was too slow. */
  private static final int MOST_ATTEMPTS = 100;

  private final CountDownLatch allWait = new CountDownLatch(1);
  private final List<FutureTask<Object>> tasks = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();

  private WaitingCalls() {}

  /** Starts calls; the last one is about to read the entry, or has, when this returns. */
  static WaitingCalls start(TestCaches caches, List<Callable<Object>> calls) {
    WaitingCalls started = new WaitingCalls();
    CountDownLatch reads = new CountDownLatch(1);
    caches
        .racing()
        .before(
            Command.Get.class,
            () -> {
              reads.countDown();
              await(started.allWait);
            });
    started.add(calls.get(0));
    await(reads);
    for (Callable<Object> call : calls.subList(1, calls.size())) {
      started.awaitLock(started.add(call));
    }
    started.allWait.countDown();
    return started;
  }

  static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private Thread add(Callable<Object> call) {
    FutureTask<Object> task = new FutureTask<>(call);
    Thread thread = new Thread(task, "call " + tasks.size());
    thread.setDaemon(true);
    tasks.add(task);
    threads.add(thread);
    thread.start();
    return thread;
  }

  private void awaitLock(Thread thread) {
    org.jcachememcached.testing.Patience.await()
        .pollInterval(Duration.ofMillis(1))
        .until(() -> thread.getState() == Thread.State.TIMED_WAITING);
  }

  Thread thread(int call) {
    return threads.get(call);
  }

  /** The result of a call, or what it has thrown. */
  @Nullable Object result(int call) {
    try {
      return tasks.get(call).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      return e.getCause();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** The results of all calls, or what they have thrown. */
  List<@Nullable Object> results() {
    return IntStream.range(0, tasks.size()).mapToObj(this::result).toList();
  }

  /**
   * Carries out calls together and verifies what has happened, with a new cache each time, until
   * they have taken the expected round trips: a call that another thread keeps from running for
   * some milliseconds is stored apart from the others.
   */
  static void carryOut(
      Function<TestCaches, List<Callable<Object>>> calls,
      List<String> roundTrips,
      Verification verification) {
    List<String> taken = List.of();
    for (int i = 0; i < MOST_ATTEMPTS; i++) {
      try (TestCaches caches = new TestCaches()) {
        List<Callable<Object>> prepared = calls.apply(caches);
        caches.counting().reset();
        List<@Nullable Object> results = start(caches, prepared).results();
        taken = caches.counting().roundTrips();
        if (taken.equals(roundTrips)) {
          verification.verify(caches, results);
          return;
        }
      }
    }
    assertThat(taken).isEqualTo(roundTrips);
  }

  /** Verifies the results of calls that were carried out together. */
  @FunctionalInterface
  interface Verification {
    void verify(TestCaches caches, List<@Nullable Object> results);
  }

  /** A call that increments the value and returns the new one. */
  static Callable<Object> increment(Cache<String, String> cache) {
    return invoke(
        cache,
        (entry, arguments) -> {
          String next = String.valueOf(entry.exists() ? Integer.parseInt(entry.getValue()) + 1 : 1);
          entry.setValue(next);
          return next;
        });
  }

  /** Three calls that increment the value. */
  static List<Callable<Object>> threeIncrements(Cache<String, String> cache) {
    return List.of(increment(cache), increment(cache), increment(cache));
  }

  static Callable<Object> invoke(
      Cache<String, String> cache, EntryProcessor<String, String, String> processor) {
    return () -> cache.invoke("k", processor);
  }
}
