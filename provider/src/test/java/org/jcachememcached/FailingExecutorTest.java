package org.jcachememcached;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.cache.configuration.MutableConfiguration;
import org.jcachememcached.api.AsyncCache;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** An executor of the application that takes no task: every call ends nevertheless. */
class FailingExecutorTest {

  private final TestCaches caches = new TestCaches();

  @AfterEach
  void close() {
    caches.close();
  }

  /** A call without waiting. */
  private interface Call extends Function<AsyncCache<String, String>, CompletionStage<?>> {}

  static Stream<Call> calls() {
    return Stream.of(
        async -> async.get("k"),
        async -> async.put("k", "v"),
        async -> async.getAll(Set.of("k", "l")),
        async -> async.invoke("k", (entry, arguments) -> entry.getValue()),
        async -> async.loadAll(Set.of("k"), true),
        AsyncCache::clear,
        AsyncCache::approximateSize);
  }

  @ParameterizedTest
  @MethodSource("calls")
  void aRefusalFailsTheCall(Call call) throws Exception {
    assertFailure(
        call,
        new RejectedExecutionException("scripted"),
        failure -> failure instanceof RejectedExecutionException);
  }

  @ParameterizedTest
  @MethodSource("calls")
  void anErrorFailsTheCall(Call call) throws Exception {
    assertFailure(
        call, new OutOfMemoryError("scripted"), failure -> failure instanceof OutOfMemoryError);
  }

  private void assertFailure(Call call, Throwable thrown, Function<Throwable, Boolean> isExpected)
      throws Exception {
    MemcachedCache<String, String> cache =
        MemcachedCache.of(caches.open(new MutableConfiguration<String, String>()));
    AsyncCache<String, String> async = cache.async(task -> sneak(thrown));

    CompletableFuture<?> stage = call.apply(async).toCompletableFuture();

    Throwable failure = stage.handle((result, cause) -> cause).get(10, TimeUnit.SECONDS);
    assertThat(isExpected.apply(failure)).as("%s", failure).isTrue();
  }

  private static void sneak(Throwable thrown) {
    if (thrown instanceof Error error) {
      throw error;
    }
    throw (RuntimeException) thrown;
  }
}
