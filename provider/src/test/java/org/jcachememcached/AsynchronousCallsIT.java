package org.jcachememcached;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jcachememcached.testing.Patience.await;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.cache.configuration.MutableConfiguration;
import org.jcachememcached.api.AsyncCache;
import org.jcachememcached.testing.ChildJvm;
import org.jcachememcached.testing.Jdk;
import org.jcachememcached.testing.MemcachedServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Calls without waiting, against real servers that answer, hang and fail. */
class AsynchronousCallsIT {

  private static final int ROUNDS = 2_000;

  private final MemcachedServer server = MemcachedServer.start();
  private final MemcachedCachingProvider provider = new MemcachedCachingProvider();
  private final ExecutorService eventLoop = Executors.newSingleThreadExecutor();
  private MemcachedCache<String, Integer> cache;

  @BeforeEach
  void open() {
    // Longer than a test waits for calls that are to end without a timeout.
    cache = open("timeout=1m&on.failure=throw");
    cache.put("k", 1);
  }

  @SuppressWarnings("unchecked")
  private MemcachedCache<String, Integer> open(String settings) {
    return provider
        .getCacheManager(
            URI.create("memcached://" + server.address() + "/?" + settings),
            getClass().getClassLoader(),
            new Properties())
        .createCache(
            "calls", new MutableConfiguration<String, Integer>().setStatisticsEnabled(true))
        .unwrap(MemcachedCache.class);
  }

  @AfterEach
  void close() {
    provider.close();
    server.close();
    eventLoop.shutdown();
  }

  /** One call of each kind. */
  private static List<CompletionStage<?>> calls(AsyncCache<String, Integer> async, int i) {
    String key = "key" + i % 100;
    return List.of(
        async.get(key),
        async.put(key, i),
        async.putIfAbsent(key, i),
        async.getAll(Set.of(key, "k", "absent")),
        async.putAll(Map.of(key, i, "other" + i % 100, i)),
        async.replace(key, i),
        async.getOrCompute("computed" + i % 100, String::length),
        async.invoke(key, (entry, arguments) -> entry.exists()),
        async.touch(key, Duration.ofHours(1)),
        async.getVersioned(key),
        async.remove(key));
  }

  @Test
  void theCallerNeverWaits() throws Exception {
    assertThat(waitsOfCaller()).isLessThan(ROUNDS / 2);
  }

  @Test
  void theCallerNeverWaitsWhileTheServerHangs() throws Exception {
    cache = open("timeout=1s&on.failure=throw");
    server.suspend();
    try {
      assertThat(waitsOfCaller()).isLessThan(ROUNDS / 2);
    } finally {
      server.resume();
    }
  }

  /**
   * How often a thread has parked, or waited for a monitor, while it made calls. If calls of one
   * kind waited, that would be once in each round; a lock that another thread holds for a moment is
   * met more seldom.
   */
  private long waitsOfCaller() throws Exception {
    AsyncCache<String, Integer> async = cache.async();
    Queue<CompletableFuture<?>> stages = new ConcurrentLinkedQueue<>();
    eventLoop.submit(() -> calls(async, 0).forEach(stage -> stages.add(settled(stage)))).get();
    Thread.sleep(100);
    long waits =
        eventLoop
            .submit(
                () -> {
                  long before = waitsOfCurrentThread();
                  for (int i = 0; i < ROUNDS; i++) {
                    calls(async, i).forEach(stage -> stages.add(settled(stage)));
                  }
                  return waitsOfCurrentThread() - before;
                })
            .get();
    CompletableFuture.allOf(stages.toArray(CompletableFuture[]::new)).get(120, TimeUnit.SECONDS);
    return waits;
  }

  private static long waitsOfCurrentThread() {
    ThreadInfo me =
        ManagementFactory.getThreadMXBean().getThreadInfo(Thread.currentThread().getId());
    return me.getWaitedCount() + me.getBlockedCount();
  }

  private static CompletableFuture<?> settled(CompletionStage<?> stage) {
    return stage.toCompletableFuture().handle((result, failure) -> null);
  }

  @Test
  void aHundredThousandCallsWhileTheServerHangsNeedLittleMemory() {
    server.suspend();
    try (ChildJvm jvm =
        ChildJvm.start(
            List.of("-Xmx64m"), Map.of(), ManyAsynchronousCalls.class, server.address())) {
      assertThat(jvm.awaitEnd()).containsExactly(ManyAsynchronousCalls.SUCCESS);
    } finally {
      server.resume();
    }
  }

  @Test
  void virtualThreadsMakeCalls() {
    List<Jdk> jdks = Jdk.all().stream().filter(jdk -> jdk.feature() >= 21).toList();
    assumeFalse(jdks.isEmpty(), "virtual threads need JDK 21: bin/test finds those installed");

    for (Jdk jdk : jdks) {
      try (ChildJvm jvm = ChildJvm.start(jdk, AsynchronousVirtualCallers.class, server.address())) {
        assertThat(jvm.awaitEnd())
            .as("%s", jdk)
            .containsExactly(AsynchronousVirtualCallers.SUCCESS);
      }
    }
  }

  @Test
  void readModifyWriteIsAtomicAmongAllCalls() {
    AsyncCache<String, Integer> async = cache.async();
    cache.put("counter", 0);
    List<CompletableFuture<?>> stages = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      stages.add(async.invoke("counter", AsynchronousCallsIT::increment).toCompletableFuture());
    }
    for (int i = 0; i < 100; i++) {
      cache.invoke("counter", AsynchronousCallsIT::increment);
    }
    CompletableFuture.allOf(stages.toArray(CompletableFuture[]::new)).join();

    assertThat(cache.get("counter")).isEqualTo(400);
  }

  private static Integer increment(
      javax.cache.processor.MutableEntry<String, Integer> entry, Object... arguments) {
    entry.setValue(entry.getValue() + 1);
    return entry.getValue();
  }

  @Test
  void manyCallersGetOneComputedValue() {
    AsyncCache<String, Integer> async = cache.async();
    java.util.concurrent.atomic.AtomicInteger computed =
        new java.util.concurrent.atomic.AtomicInteger();
    List<CompletableFuture<Integer>> stages =
        Stream.generate(
                () ->
                    async
                        .getOrCompute("dear", key -> slowly(computed.incrementAndGet()))
                        .toCompletableFuture())
            .limit(200)
            .toList();

    assertThat(stages).extracting(CompletableFuture::join).containsOnly(1);
    assertThat(computed).hasValue(1);
  }

  private static int slowly(int value) {
    try {
      Thread.sleep(50);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    return value;
  }

  @Test
  void applicationCodeRunsInTheExecutorAndNeverInTheThreadOfTheIo() {
    ExecutorService executor =
        Executors.newSingleThreadExecutor(work -> new Thread(work, "of the application"));
    AsyncCache<String, Integer> async = cache.async(executor);
    List<String> threads = new ArrayList<>();
    List<CompletableFuture<?>> stages = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      stages.add(
          async
              .invoke("k", (entry, arguments) -> Thread.currentThread().getName())
              .thenAccept(
                  thread -> {
                    threads.add(thread);
                    threads.add(Thread.currentThread().getName());
                  })
              .toCompletableFuture());
    }
    CompletableFuture.allOf(stages.toArray(CompletableFuture[]::new)).join();
    executor.shutdown();

    assertThat(threads).hasSize(200).containsOnly("of the application");
  }

  @Test
  void aCancelledCallTakesNoMoreSteps() throws Exception {
    server.suspend();
    CompletableFuture<Boolean> put =
        cache.async().putIfAbsent("cancelled", 1).toCompletableFuture();
    CompletableFuture<Boolean> replaced = cache.async().replace("k", 2).toCompletableFuture();
    assertThat(replaced.cancel(false)).isTrue();
    server.resume();

    assertThat(put.get(30, TimeUnit.SECONDS)).isTrue();
    assertThat(replaced).isCancelled();
    assertThat(cache.get("k")).isEqualTo(1);
  }

  @Test
  void aRefusedTaskFailsItsCall() {
    ExecutorService executor = Executors.newSingleThreadExecutor();
    AsyncCache<String, Integer> async = cache.async(executor);
    executor.shutdown();

    CompletableFuture<Integer> stage = async.get("k").toCompletableFuture();
    await().until(stage::isDone);
    assertThat(stage).isCompletedExceptionally();
  }

  @Test
  void callsFailAsThoseOfTheCacheDo() {
    server.close();
    CompletableFuture<Integer> stage = cache.async().get("k").toCompletableFuture();

    await().until(stage::isDone);
    assertThat(stage)
        .failsWithin(Duration.ZERO)
        .withThrowableThat()
        .withCauseInstanceOf(javax.cache.CacheException.class)
        .withMessageContaining("Cache 'calls'");
  }

  @Test
  void callsThatWaitEndWhenTheCacheIsClosed() {
    server.suspend();
    List<CompletableFuture<?>> stages = new ArrayList<>();
    calls(cache.async(), 1).forEach(stage -> stages.add(settled(stage)));
    provider.close();
    server.resume();

    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> stages.stream().allMatch(CompletableFuture::isDone));
  }
}
