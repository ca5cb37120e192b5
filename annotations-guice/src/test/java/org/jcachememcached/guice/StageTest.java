package org.jcachememcached.guice;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.inject.Singleton;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import javax.cache.Cache;
import javax.cache.annotation.CacheDefaults;
import javax.cache.annotation.CachePut;
import javax.cache.annotation.CacheRemove;
import javax.cache.annotation.CacheResult;
import javax.cache.annotation.CacheValue;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.jsr107.ri.annotations.DefaultGeneratedCacheKey;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class StageTest {

  private final Caching caching = Caching.inMemory();
  private final Service service = caching.instance(Service.class);

  @AfterEach
  void close() {
    caching.close();
  }

  @Test
  void cachesTheValueAndNotTheStage() throws Exception {
    CompletableFuture<String> first = service.future("a");
    assertThat(first).isNotDone();
    service.pending("a").complete("value");

    assertThat(get(first)).isEqualTo("value");
    assertThat(cached("a")).isEqualTo("value");
    assertThat(service.future("a")).isCompletedWithValue("value");
    assertThat(service.stage("a").toCompletableFuture()).isCompletedWithValue("value");
    assertThat(service.plain("a")).isEqualTo("value");
    assertThat(service.calls).hasValue(1);
  }

  @Test
  void runsOneComputationForAllCallers() throws Exception {
    CompletableFuture<String> first = service.future("a");
    CompletableFuture<String> second = service.future("a");
    first.cancel(true);
    service.pending("a").complete("value");

    assertThat(get(second)).isEqualTo("value");
    assertThat(service.calls).hasValue(1);
  }

  @Test
  void failsAllCallersWithTheExceptionItself() {
    CompletableFuture<String> first = service.future("a");
    CompletableFuture<String> second = service.future("a");
    service.pending("a").completeExceptionally(new IOException("broken"));

    for (CompletableFuture<String> caller : List.of(first, second)) {
      assertThatThrownBy(() -> get(caller))
          .isInstanceOf(ExecutionException.class)
          .hasCauseExactlyInstanceOf(IOException.class);
    }
    assertThat(cached("a")).isNull();
  }

  @Test
  void takesTheCauseForTheFailureOfAStageThatDependsOnOthers() {
    assertThatThrownBy(() -> get(service.failing("a").toCompletableFuture()))
        .hasCauseExactlyInstanceOf(IOException.class);
    assertThatThrownBy(() -> get(service.failing("a").toCompletableFuture()))
        .hasCauseExactlyInstanceOf(IOException.class);

    assertThat(service.calls).hasValue(1);
  }

  @Test
  void failsWithWhatTheMethodThrows() {
    assertThat(service.throwing("a")).isCompletedExceptionally();
    assertThat(service.throwing("a")).isCompletedExceptionally();

    assertThat(service.calls).hasValue(2);
  }

  @Test
  void doesNotCacheNull() throws Exception {
    assertThat(get(service.nothing("a"))).isNull();
    assertThat(get(service.nothing("a"))).isNull();

    assertThat(service.calls).hasValue(2);
  }

  @Test
  void runsAMethodThatCallsItself() throws Exception {
    assertThat(get(service.recursive("a"))).isEqualTo("inner of a");
  }

  @Test
  void doesNotWaitForEverForAStageThatNeverCompletes() throws Exception {
    Service impatient =
        caching.instance(Service.class, caching.module().stampedePatience(Duration.ofMillis(50)));
    CompletableFuture<String> never = impatient.future("a");
    CompletableFuture<String> follower = impatient.future("a");
    impatient.pending.remove();
    Awaitility.await().until(() -> !impatient.pending.isEmpty());
    impatient.pending("a").complete("value");

    assertThat(get(follower)).isEqualTo("value");
    assertThat(never).isNotDone();
  }

  @Test
  void skipsTheLookup() throws Exception {
    assertThat(get(service.recomputed("a"))).isEqualTo("call 1");
    assertThat(get(service.recomputed("a"))).isEqualTo("call 2");
    assertThat(cached("a")).isEqualTo("call 2");
  }

  @Test
  void putsWhenTheStageHasCompleted() throws Exception {
    CompletableFuture<@Nullable Void> done = service.put("a", "value");
    assertThat(cached("a")).isNull();
    service.changing.complete(null);
    done.get(30, SECONDS);

    assertThat(cached("a")).isEqualTo("value");
  }

  @Test
  void doesNotPutWhenTheStageHasFailed() {
    CompletableFuture<@Nullable Void> done = service.put("a", "value");
    service.changing.completeExceptionally(new IOException("broken"));

    assertThatThrownBy(() -> done.get(30, SECONDS)).hasCauseInstanceOf(IOException.class);
    assertThat(cached("a")).isNull();
  }

  @Test
  void removesWhenTheStageHasCompleted() throws Exception {
    get(service.recomputed("a"));
    CompletionStage<@Nullable Void> done = service.remove("a");
    assertThat(cached("a")).isNotNull();
    service.changing.complete(null);
    done.toCompletableFuture().get(30, SECONDS);

    assertThat(cached("a")).isNull();
  }

  private @Nullable Object cached(String key) {
    Cache<Object, Object> cache = caching.cache("stages");
    return cache == null ? null : cache.get(new DefaultGeneratedCacheKey(new Object[] {key}));
  }

  private static <T> T get(CompletableFuture<T> stage) throws Exception {
    return stage.get(30, SECONDS);
  }

  @Singleton
  @CacheDefaults(cacheName = "stages")
  static class Service {

    final AtomicInteger calls = new AtomicInteger();
    final Queue<CompletableFuture<String>> pending = new ConcurrentLinkedQueue<>();
    final CompletableFuture<@Nullable Void> changing = new CompletableFuture<>();

    CompletableFuture<String> pending(String key) {
      return pending.element();
    }

    private CompletableFuture<String> begin() {
      calls.incrementAndGet();
      CompletableFuture<String> begun = new CompletableFuture<>();
      pending.add(begun);
      return begun;
    }

    @CacheResult
    CompletableFuture<String> future(String key) {
      return begin();
    }

    @CacheResult
    CompletionStage<String> stage(String key) {
      return begin();
    }

    @CacheResult
    String plain(String key) {
      calls.incrementAndGet();
      return key;
    }

    @CacheResult(cacheName = "failing", exceptionCacheName = "failures")
    CompletionStage<String> failing(String key) {
      calls.incrementAndGet();
      return CompletableFuture.<String>failedFuture(new IOException(key)).thenApply(v -> v);
    }

    @CacheResult
    CompletableFuture<String> throwing(String key) {
      calls.incrementAndGet();
      throw new IllegalArgumentException(key);
    }

    @CacheResult
    CompletableFuture<@Nullable String> nothing(String key) {
      calls.incrementAndGet();
      return CompletableFuture.completedFuture(null);
    }

    @CacheResult
    CompletableFuture<String> recursive(String key) {
      return calls.incrementAndGet() == 1
          ? recursive(key)
          : CompletableFuture.completedFuture("inner of " + key);
    }

    @CacheResult(skipGet = true)
    CompletableFuture<String> recomputed(String key) {
      return CompletableFuture.completedFuture("call " + calls.incrementAndGet());
    }

    @CachePut
    CompletableFuture<@Nullable Void> put(String key, @CacheValue String value) {
      return changing;
    }

    @CacheRemove
    CompletionStage<@Nullable Void> remove(String key) {
      return changing;
    }
  }
}
