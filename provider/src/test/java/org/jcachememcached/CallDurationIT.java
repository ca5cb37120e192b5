package org.jcachememcached;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jcachememcached.testing.Patience.undisturbed;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.integration.CompletionListenerFuture;
import javax.cache.processor.MutableEntry;
import org.jcachememcached.testing.MemcachedServer;
import org.jcachememcached.testing.RecordingLoader;
import org.jcachememcached.testing.RecordingWriter;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * How long a whole call takes, of however many round trips, when servers stop answering before it
 * or in its midst: no longer than twice the timeout.
 */
class CallDurationIT {

  private static final Duration TIMEOUT = Duration.ofMillis(500);

  /** What a test must not take for a wait when the machine is busy. */
  private static final Duration SLACK = Duration.ofMillis(900);

  private static final Map<String, String> MANY =
      IntStream.range(0, 200)
          .boxed()
          .collect(Collectors.toMap(i -> "k" + i, i -> "v", (a, b) -> a, TreeMap::new));

  /** A call to a cache, and what it does when code of the application runs in it. */
  private interface Use extends BiConsumer<Cache<String, String>, Runnable> {}

  static Stream<Named<Use>> calls() {
    return Stream.of(
        Named.of("get", (c, stop) -> stopped(stop, () -> c.get("k1"))),
        Named.of("put", (c, stop) -> stopped(stop, () -> c.put("k1", "new"))),
        Named.of("getAndPut", (c, stop) -> stopped(stop, () -> c.getAndPut("k1", "new"))),
        Named.of("getAll", (c, stop) -> stopped(stop, () -> c.getAll(MANY.keySet()))),
        Named.of("putAll", (c, stop) -> stopped(stop, () -> c.putAll(MANY))),
        Named.of("removeAll", (c, stop) -> stopped(stop, () -> c.removeAll(MANY.keySet()))),
        Named.of("loadAll", (c, stop) -> stopped(stop, () -> loadAll(c))),
        Named.of(
            "invoke, stopped in its midst",
            (c, stop) -> c.invoke("k1", (entry, none) -> set(entry, stop))),
        Named.of(
            "invokeAll, stopped in its midst",
            (c, stop) -> c.invokeAll(MANY.keySet(), (entry, none) -> set(entry, stop))));
  }

  private static void stopped(Runnable stop, Runnable call) {
    stop.run();
    call.run();
  }

  private static String set(MutableEntry<String, String> entry, Runnable stop) {
    stop.run();
    entry.setValue("new");
    return "set";
  }

  private static void loadAll(Cache<String, String> cache) {
    CompletionListenerFuture done = new CompletionListenerFuture();
    cache.loadAll(MANY.keySet(), true, done);
    try {
      done.get();
    } catch (ExecutionException e) {
      throw new CacheException(e.getCause());
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @ParameterizedTest
  @MethodSource("calls")
  void isTwoTimeoutsAtMost(Use call) {
    for (String parameters : new String[] {"", "&clear=generation", "&on.failure=throw"}) {
      assertInTime(call, parameters, new RecordingLoader().configuration());
    }
    MutableConfiguration<String, String> writing =
        new RecordingWriter()
            .configuration()
            .setCacheLoaderFactory(new RecordingLoader().configuration().getCacheLoaderFactory());
    assertInTime(call, "&page.size=20", writing);
  }

  private static void assertInTime(
      Use call, String parameters, MutableConfiguration<String, String> configuration) {
    undisturbed(() -> assertInTimeAtOnce(call, parameters, configuration));
  }

  private static void assertInTimeAtOnce(
      Use call, String parameters, MutableConfiguration<String, String> configuration) {
    try (MemcachedServer first = MemcachedServer.start();
        MemcachedServer second = MemcachedServer.start();
        MemcachedCachingProvider provider = new MemcachedCachingProvider()) {
      String servers = first.address() + "," + second.address();
      URI uri =
          URI.create(
              "memcached://" + servers + "/?timeout=" + TIMEOUT.toMillis() + "ms" + parameters);
      Cache<String, String> cache =
          provider.getCacheManager(uri, null).createCache("c", configuration);
      cache.putAll(MANY);
      try {
        AtomicLong stopping = new AtomicLong();
        Runnable stop = once(() -> stopping.set(nanosOf(() -> suspend(first, second))));
        long took = nanosOf(() -> call(call, cache, stop));
        assertThat(Duration.ofNanos(took - stopping.get()))
            .as("with %s", parameters)
            .isLessThan(TIMEOUT.multipliedBy(2).plus(SLACK));
      } finally {
        first.resume();
        second.resume();
      }
    }
  }

  private static long nanosOf(Runnable work) {
    long start = System.nanoTime();
    work.run();
    return System.nanoTime() - start;
  }

  private static void suspend(MemcachedServer... servers) {
    for (MemcachedServer server : servers) {
      server.suspend();
    }
  }

  private static Runnable once(Runnable work) {
    AtomicBoolean done = new AtomicBoolean();
    return () -> {
      if (done.compareAndSet(false, true)) {
        work.run();
      }
    };
  }

  private static void call(Use call, Cache<String, String> cache, Runnable stop) {
    try {
      call.accept(cache, stop);
    } catch (CacheException e) {
      assertThat(e).isNotNull();
    }
  }
}
