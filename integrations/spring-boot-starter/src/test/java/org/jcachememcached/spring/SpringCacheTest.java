package org.jcachememcached.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import javax.cache.CacheManager;
import org.jcachememcached.MemcachedCachingProvider;
import org.jcachememcached.MemcachedConfiguration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.cache.Cache;
import org.springframework.cache.Cache.ValueRetrievalException;
import org.springframework.cache.Cache.ValueWrapper;

/** What Spring demands of a cache. */
@Timeout(60)
class SpringCacheTest {

  private final MemcachedCachingProvider provider = new MemcachedCachingProvider();
  private final CacheManager manager = provider.getCacheManager(URI.create("memory:spring"), null);
  private final Cache cache = cache("any", new MemcachedConfiguration<>());

  private Cache cache(String name, MemcachedConfiguration<?, ?> configuration) {
    manager.createCache(name, configuration);
    return Objects.requireNonNull(new SpringCacheManager(manager).getCache(name));
  }

  @AfterEach
  void close() {
    provider.close();
  }

  @Test
  void storesAndRemovesValues() {
    assertThat(cache.getName()).isEqualTo("any");
    assertThat(cache.get(1)).isNull();

    cache.put(1, "one");
    assertThat(cache.get(1).get()).isEqualTo("one");
    assertThat(cache.get(1, String.class)).isEqualTo("one");
    assertThatThrownBy(() -> cache.get(1, Integer.class)).isInstanceOf(IllegalStateException.class);

    cache.evict(1);
    assertThat(cache.get(1)).isNull();
    assertThat(cache.evictIfPresent(1)).isFalse();
    cache.put(1, "one");
    assertThat(cache.evictIfPresent(1)).isTrue();
  }

  @Test
  void removesAllValuesAtOnce() {
    cache.put(1, "one");
    cache.clear();
    assertThat(cache.get(1)).isNull();

    cache.put(1, "one");
    cache.invalidate();
    assertThat(cache.get(1)).isNull();
  }

  @Test
  void remembersNull() {
    cache.put(1, null);

    assertThat(cache.get(1)).isNotNull();
    assertThat(cache.get(1).get()).isNull();
    assertThat(cache.get(1, () -> "another")).isNull();
    assertThat(((ValueWrapper) cache.retrieve(1).join()).get()).isNull();
  }

  @Test
  void remembersNoNullWhereTheCacheHasNoFormForIt() {
    Cache texts =
        cache(
            "texts",
            new MemcachedConfiguration<Integer, String>().setTypes(Integer.class, String.class));
    texts.put(1, "one");
    texts.put(1, null);
    assertThat(texts.get(1)).isNull();
    assertThat(texts.putIfAbsent(1, null)).isNull();

    AtomicInteger runs = new AtomicInteger();
    Callable<String> method =
        () -> {
          runs.incrementAndGet();
          return null;
        };
    assertThat(texts.get(1, method)).isNull();
    assertThat(texts.get(1, method)).isNull();
    assertThat(runs).hasValue(2);
    assertThat(texts.retrieve(1, () -> CompletableFuture.completedFuture(null)).join()).isNull();

    Cache json = cache("json", new MemcachedConfiguration<>().setCodec("string"));
    json.put(1, null);
    assertThat(json.get(1)).isNull();
  }

  @Test
  void storesIfAbsent() {
    assertThat(cache.putIfAbsent(1, "one")).isNull();
    assertThat(cache.putIfAbsent(1, "another").get()).isEqualTo("one");
    assertThat(cache.putIfAbsent(2, null)).isNull();
    assertThat(cache.putIfAbsent(2, "two").get()).isNull();
  }

  @Test
  void computesOnce() {
    AtomicInteger runs = new AtomicInteger();
    Callable<Integer> method = runs::incrementAndGet;

    assertThat(cache.get(1, method)).isEqualTo(1);
    assertThat(cache.get(1, method)).isEqualTo(1);
  }

  @Test
  void computesOnceForCallersAtTheSameTime() throws Exception {
    CountDownLatch computing = new CountDownLatch(1);
    CountDownLatch asked = new CountDownLatch(1);
    AtomicInteger runs = new AtomicInteger();
    CompletableFuture<Integer> first =
        CompletableFuture.supplyAsync(
            () ->
                cache.get(
                    1,
                    () -> {
                      computing.countDown();
                      asked.await();
                      return runs.incrementAndGet();
                    }));
    computing.await();
    CompletableFuture<Integer> second =
        cache.retrieve(1, () -> CompletableFuture.completedFuture(runs.incrementAndGet()));
    asked.countDown();

    assertThat(first.get()).isEqualTo(1);
    assertThat(second.get()).isEqualTo(1);
  }

  @Test
  void passesOnWhatAMethodThrows() {
    Callable<String> fails =
        () -> {
          throw new IOException("away");
        };

    assertThatThrownBy(() -> cache.get(1, fails))
        .isInstanceOf(ValueRetrievalException.class)
        .hasCause(new IOException("away"));
    assertThat(cache.get(1)).isNull();
  }

  @Test
  void retrievesWithoutWaiting() {
    assertThat(cache.retrieve(1).join()).isNull();

    cache.put(1, "one");

    assertThat(((ValueWrapper) cache.retrieve(1).join()).get()).isEqualTo("one");
  }

  @Test
  void retrievesWhatAFutureComputes() {
    CompletableFuture<String> value = new CompletableFuture<>();
    CompletableFuture<String> retrieved = cache.retrieve(1, () -> value);
    assertThat(retrieved).isNotDone();

    value.complete("one");

    assertThat(retrieved.join()).isEqualTo("one");
    assertThat(cache.get(1).get()).isEqualTo("one");
    assertThat(cache.retrieve(1, () -> CompletableFuture.completedFuture("other")).join())
        .isEqualTo("one");
  }

  @Test
  void retrievesANullThatAFutureComputes() {
    CompletableFuture<String> none =
        cache.retrieve(1, () -> CompletableFuture.completedFuture(null));

    assertThat(none.join()).isNull();
    assertThat(cache.get(1).get()).isNull();
  }

  @Test
  void passesOnTheFailureOfAFuture() {
    CompletableFuture<String> failed =
        cache.retrieve(1, () -> CompletableFuture.failedFuture(new IOException("away")));

    assertThatThrownBy(failed::join)
        .isInstanceOf(CompletionException.class)
        .hasCause(new IOException("away"));
    assertThat(cache.get(1)).isNull();
  }

  @Test
  void manyComputationsWaitAtTheSameTime() {
    CompletableFuture<Integer> value = new CompletableFuture<>();
    CompletableFuture<?>[] all = new CompletableFuture<?>[200];
    for (int key = 0; key < all.length; key++) {
      all[key] = cache.retrieve(key, () -> value);
    }
    // It needs a thread while all the others wait.
    CompletableFuture<Integer> last =
        cache.retrieve(-1, () -> CompletableFuture.completedFuture(7));
    assertThat(last.join()).isEqualTo(7);

    value.complete(1);

    CompletableFuture.allOf(all).join();
  }
}
