package org.jcachememcached.internal.engine;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.integration.CompletionListenerFuture;
import javax.cache.processor.EntryProcessorResult;
import org.jcachememcached.TestCaches;
import org.jcachememcached.internal.store.Command;
import org.jcachememcached.testing.RecordingLoader;
import org.jcachememcached.testing.RecordingWriter;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** How long a whole call waits for servers that do not answer: twice the timeout at most. */
class PatienceTest {

  /** A call to a cache. */
  private interface Use extends Consumer<Cache<String, String>> {}

  private static final Map<String, String> MANY =
      IntStream.range(0, 40)
          .boxed()
          .collect(Collectors.toMap(i -> "k" + i, i -> "new", (a, b) -> a, TreeMap::new));

  static Stream<Named<Use>> calls() {
    return Stream.of(
        Named.of("get", c -> c.get("k1")),
        Named.of("put", c -> c.put("k1", "new")),
        Named.of("remove", c -> c.remove("k1")),
        Named.of("putIfAbsent", c -> c.putIfAbsent("k1", "new")),
        Named.of("replace", c -> c.replace("k1", "new")),
        Named.of("getAndPut", c -> c.getAndPut("k1", "new")),
        Named.of("invoke", c -> c.invoke("k1", PatienceTest::setNew)),
        Named.of("getAll", c -> c.getAll(MANY.keySet())),
        Named.of("putAll", c -> c.putAll(MANY)),
        Named.of("removeAll", c -> c.removeAll(MANY.keySet())),
        Named.of("invokeAll", c -> c.invokeAll(MANY.keySet(), PatienceTest::setNew)),
        Named.of("loadAll", c -> loadAll(c, false)),
        Named.of("loadAll, replacing", c -> loadAll(c, true)));
  }

  private static String setNew(
      javax.cache.processor.MutableEntry<String, String> entry, Object... arguments) {
    entry.setValue("new");
    return "set";
  }

  private static void loadAll(Cache<String, String> cache, boolean replace) {
    CompletionListenerFuture done = new CompletionListenerFuture();
    cache.loadAll(MANY.keySet(), replace, done);
    try {
      done.get();
    } catch (java.util.concurrent.ExecutionException e) {
      throw (CacheException) e.getCause();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  static Stream<Arguments> situations() {
    return calls()
        .flatMap(
            call ->
                Stream.of("degrade", "throw")
                    .flatMap(
                        policy ->
                            Stream.of(true, false)
                                .flatMap(
                                    writes ->
                                        silences()
                                            .map(s -> Arguments.of(call, policy, writes, s)))));
  }

  static Stream<Named<Predicate<Command>>> silences() {
    return Stream.of(
        Named.of("of everything", command -> true),
        Named.of("of gets", command -> command instanceof Command.Get),
        Named.of("of changes", command -> !(command instanceof Command.Get)),
        Named.of("of some keys", command -> command.key().endsWith("1")));
  }

  @ParameterizedTest
  @MethodSource("situations")
  void endsAfterTwoTimeouts(
      Use call, String policy, boolean writesThrough, Predicate<Command> unanswered) {
    try (TestCaches caches = new TestCaches("memory:test?page.size=5&on.failure=" + policy)) {
      Cache<String, String> cache = caches.open(configuration(writesThrough));
      caches.openRival(TestCaches.configuration()).putAll(MANY);
      caches.silent().silence(unanswered);
      Instant start = caches.clock().instant();

      try {
        call.accept(cache);
      } catch (CacheException e) {
        assertThat(e).hasMessageNotContaining("null");
      }

      assertThat(caches.clock().instant())
          .isBeforeOrEqualTo(start.plus(TestCaches.TIMEOUT.multipliedBy(2)));
    }
  }

  private static MutableConfiguration<String, String> configuration(boolean writesThrough) {
    MutableConfiguration<String, String> loading = new RecordingLoader().configuration();
    return writesThrough
        ? new RecordingWriter()
            .configuration()
            .setCacheLoaderFactory(loading.getCacheLoaderFactory())
            .setReadThrough(true)
        : loading;
  }

  @Test
  void isSpentOnSilenceOnly() {
    try (TestCaches caches = new TestCaches("memory:test?page.size=5")) {
      Cache<String, String> cache = caches.open();
      caches
          .racing()
          .beforeEach(
              Command.Set.class, () -> caches.clock().advance(TestCaches.TIMEOUT.dividedBy(2)));

      cache.putAll(MANY);

      assertThat(cache.getAll(MANY.keySet())).isEqualTo(MANY);
    }
  }

  @Test
  void coversOneMoreLookThatSettlesWhatHappened() {
    try (TestCaches caches = new TestCaches()) {
      Cache<String, String> cache = caches.open();
      cache.put("k", "old");
      boolean[] lost = {false};
      caches
          .silent()
          .silence(
              command -> {
                boolean first = command instanceof Command.CompareAndSet && !lost[0];
                lost[0] |= first;
                return first;
              });

      assertThat(cache.getAndPut("k", "new")).isEqualTo("old");
    }
  }

  @Test
  void saysWhyAPageWasNotSent() {
    try (TestCaches caches = new TestCaches("memory:test?page.size=5&on.failure=throw")) {
      Cache<String, String> cache = caches.open(new RecordingWriter().configuration());
      caches.silent().silence(command -> true);

      Map<String, EntryProcessorResult<String>> results =
          cache.invokeAll(MANY.keySet(), PatienceTest::setNew);

      assertThatThrownBy(() -> requireNonNull(results.get("k9")).get())
          .hasMessageContaining("not asked any more")
          .hasMessageContaining("2000 ms")
          .hasMessageContaining("scripted silence");
    }
  }

  @Test
  void leavesNoOutdatedEntryBehindWhenItEnds() {
    try (TestCaches caches = new TestCaches("memory:test?page.size=5")) {
      Cache<String, String> cache = caches.open();
      Cache<String, String> rival = caches.openRival(TestCaches.configuration());
      rival.putAll(MANY.keySet().stream().collect(Collectors.toMap(k -> k, k -> "old")));
      caches.silent().silence(command -> true);

      cache.putAll(MANY);

      assertThat(rival.getAll(MANY.keySet())).isEmpty();
    }
  }
}
