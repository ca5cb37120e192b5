package org.jcachememcached;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.cache.CacheManager;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.integration.CacheLoader;
import javax.cache.integration.CacheLoaderException;
import javax.cache.integration.CompletionListenerFuture;
import javax.cache.processor.EntryProcessorException;
import org.jcachememcached.api.AsyncCache;
import org.jcachememcached.api.CallObserver;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What an observer sees of the calls of caches in memory. */
class CallObserverTest {

  private final MemcachedCachingProvider provider = new MemcachedCachingProvider();
  private final MemcachedCacheManager manager =
      provider
          .getCacheManager(URI.create("memory:/shop"), null)
          .unwrap(MemcachedCacheManager.class);
  private final RecordedCalls recorder = new RecordedCalls();

  @AfterEach
  void close() {
    provider.close();
  }

  private <V> MemcachedCache<String, V> cache(String name, Class<V> type) {
    return MemcachedCache.of(
        manager.createCache(
            name, new MutableConfiguration<String, V>().setTypes(String.class, type)));
  }

  private MemcachedCache<String, String> users() {
    return cache("users", String.class);
  }

  private MemcachedCache<String, String> loading(CacheLoader<String, String> loader) {
    return MemcachedCache.of(
        manager.createCache(
            "users",
            new MutableConfiguration<String, String>()
                .setReadThrough(true)
                .setCacheLoaderFactory(() -> loader)));
  }

  private CacheLoader<String, String> loader(List<List<String>> seen) {
    return new CacheLoader<>() {
      @Override
      public String load(String key) {
        seen.add(recorder.current());
        return "loaded";
      }

      @Override
      public Map<String, String> loadAll(Iterable<? extends String> keys) {
        seen.add(recorder.current());
        return Map.of("ada", "loaded");
      }
    };
  }

  private static <T extends @Nullable Object> T join(CompletionStage<T> stage) {
    return stage.toCompletableFuture().join();
  }

  @Test
  void anObserverSeesWhatTheCallerGets() {
    MemcachedCache<String, String> users =
        loading(
            new CacheLoader<>() {
              @Override
              public String load(String key) {
                throw new IllegalStateException("no source");
              }

              @Override
              public Map<String, String> loadAll(Iterable<? extends String> keys) {
                throw new IllegalStateException("no source");
              }
            });
    manager.addCallObserver(recorder);

    assertThatExceptionOfType(CacheLoaderException.class).isThrownBy(() -> users.get("ada"));
    assertThatExceptionOfType(EntryProcessorException.class)
        .isThrownBy(
            () ->
                users.invoke(
                    "ada",
                    (entry, arguments) -> {
                      throw new IllegalStateException("no reason");
                    }));
    assertThat(users.async().get("ada")).failsWithin(Duration.ofSeconds(10));

    assertThat(recorder.ended)
        .containsExactly(
            "get of users: CacheLoaderException",
            "invoke of users: EntryProcessorException",
            "get of users: CacheLoaderException");
  }

  @Test
  void aCallThatWasNeverMadeIsNotSeen() {
    MemcachedCache<String, String> users = users();
    manager.addCallObserver(recorder);

    assertThatExceptionOfType(NullPointerException.class).isThrownBy(() -> users.put("ada", null));
    users.close();
    assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> users.get("ada"));

    assertThat(recorder.begun).isEmpty();
  }

  @Test
  void loadersRunWithinTheCall() throws Exception {
    List<List<String>> seen = new CopyOnWriteArrayList<>();
    MemcachedCache<String, String> users = loading(loader(seen));
    manager.addCallObserver(recorder);

    users.get("ada");
    join(users.async().get("alan"));
    CompletionListenerFuture loaded = new CompletionListenerFuture();
    users.loadAll(Set.of("ada"), true, loaded);
    loaded.get();
    join(users.async().loadAll(Set.of("ada"), true));

    assertThat(seen)
        .containsExactly(
            List.of("get of users"),
            List.of("get of users"),
            List.of("loadAll of users"),
            List.of("loadAll of users"));
    assertThat(recorder.ended).hasSize(4);
    assertThat(recorder.current()).isEmpty();
  }

  @Test
  void aCallWithinACallIsNested() {
    MemcachedCache<String, String> names = cache("names", String.class);
    List<List<String>> seen = Collections.synchronizedList(new ArrayList<>());
    MemcachedCache<String, String> users =
        loading(
            new CacheLoader<>() {
              @Override
              public String load(String key) {
                names.getOrCompute(
                    key,
                    missing -> {
                      seen.add(recorder.current());
                      return missing;
                    });
                return "loaded";
              }

              @Override
              public Map<String, String> loadAll(Iterable<? extends String> keys) {
                return Map.of();
              }
            });
    manager.addCallObserver(recorder);

    users.get("ada");
    join(users.async().get("alan"));

    List<String> nested = List.of("getOrCompute of names", "get of users");
    assertThat(seen).containsExactly(nested, nested);
  }

  @Test
  void whatFollowsAnAsynchronousCallIsOutsideOfIt() {
    MemcachedCache<String, String> users = users();
    manager.addCallObserver(recorder);
    Deque<Runnable> steps = new ArrayDeque<>();
    AsyncCache<String, String> async = users.async(steps::add);

    CompletableFuture<List<String>> following =
        async
            .getAndPut("ada", "Lovelace")
            .thenApply(old -> recorder.current())
            .toCompletableFuture();
    assertThat(recorder.current()).as("after the first step").isEmpty();
    assertThat(recorder.ended).isEmpty();
    assertThat(steps).isNotEmpty();
    while (!steps.isEmpty()) {
      steps.remove().run();
    }

    assertThat(following.join()).isEmpty();
    assertThat(recorder.ended).containsExactly("getAndPut of users");
  }

  @Test
  void whatFollowsInTheThreadOfTheCallerIsOutsideOfTheCallToo() {
    AsyncCache<String, String> users = users().async(Runnable::run);
    manager.addCallObserver(recorder);

    List<String> following =
        join(users.getAndPut("ada", "Lovelace").thenApply(old -> recorder.current()));
    assertThat(following).isEmpty();
    assertThat(recorder.ended).containsExactly("getAndPut of users");
  }

  @Test
  void aCancelledCallEnds() {
    Deque<Runnable> steps = new ArrayDeque<>();
    AsyncCache<String, String> users = users().async(steps::add);
    manager.addCallObserver(recorder);

    users.getAndPut("ada", "Lovelace").toCompletableFuture().cancel(false);

    assertThat(recorder.ended).containsExactly("getAndPut of users: CancellationException");
  }

  @Test
  void severalObserversSeeTheSame() {
    MemcachedCache<String, String> users = users();
    RecordedCalls other = new RecordedCalls();
    manager.addCallObserver(recorder);
    manager.addCallObserver(other);
    manager.addCallObserver(other);
    users.get("ada");
    manager.removeCallObserver(recorder);
    users.put("ada", "Lovelace");

    assertThat(recorder.ended).containsExactly("get of users");
    assertThat(other.ended).containsExactly("get of users", "put of users");
  }

  @Test
  void anObserverThatFailsAffectsNoCall() {
    MemcachedCache<String, String> users = users();
    manager.addCallObserver(
        (cache, operation) -> {
          throw new IllegalStateException("begin");
        });
    manager.addCallObserver(
        (cache, operation) ->
            new CallObserver.Call() {
              @Override
              public CallObserver.Scope enter() {
                throw new IllegalStateException("enter");
              }

              @Override
              public void end(@Nullable Throwable failure) {
                throw new IllegalStateException("end");
              }
            });
    manager.addCallObserver(recorder);

    users.put("ada", "Lovelace");
    assertThat(users.get("ada")).isEqualTo("Lovelace");
    assertThat(join(users.async().get("ada"))).isEqualTo("Lovelace");

    assertThat(recorder.ended).containsExactly("put of users", "get of users", "get of users");
  }

  @Test
  void managersHaveObserversOfTheirOwn() {
    CacheManager stock = provider.getCacheManager(URI.create("memory:/stock"), null);
    manager.addCallObserver(recorder);

    stock.createCache("parts", new MutableConfiguration<>()).get("screw");

    assertThat(recorder.begun).isEmpty();
  }
}
