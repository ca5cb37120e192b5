package org.jcachememcached;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.integration.CompletionListenerFuture;
import org.jcachememcached.api.AsyncCache;
import org.jcachememcached.api.EntryOptions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Every operation of a cache is a call that observers see. */
class ObservedOperationsTest {

  /** What is not a call: views, configuration and life cycle. */
  private static final Set<String> UNOBSERVED =
      Set.of(
          "async",
          "close",
          "deregisterCacheEntryListener",
          "forEach",
          "getCacheManager",
          "getConfiguration",
          "getName",
          "isClosed",
          "iterator",
          "keys",
          "nodes",
          "of",
          "registerCacheEntryListener",
          "spliterator",
          "statistics",
          "unwrap");

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

  @Test
  void everyOperationIsACall() {
    MemcachedCache<String, String> users = users();
    MemcachedCache<String, Long> hits = cache("hits", Long.class);
    manager.addCallObserver(recorder);
    Set<String> ada = Set.of("ada");

    users.get("ada");
    users.getAll(ada);
    users.containsKey("ada");
    users.put("ada", "Lovelace");
    users.put("ada", "Lovelace", EntryOptions.none());
    users.getAndPut("ada", "King");
    users.putAll(Map.of("ada", "King"));
    users.putIfAbsent("ada", "Byron");
    users.replace("ada", "Byron");
    users.getAndReplace("ada", "King");
    users.getOrDefault("ada", "nobody");
    users.getOrThrow("ada");
    users.getOrCompute("ada", key -> "computed");
    users.getVersioned("ada");
    users.append("ada", "!");
    users.prepend("ada", "!");
    users.touch("ada", Duration.ofHours(1));
    users.touchAll(ada, Duration.ofHours(1));
    users.invoke("ada", (entry, arguments) -> entry.exists());
    users.invokeAll(ada, (entry, arguments) -> entry.exists());
    users.markStale("ada");
    users.remove("ada");
    users.getAndRemove("ada");
    users.removeAll(ada);
    users.removeEach(ada);
    users.removeAll();
    users.approximateSize();
    users.clear();
    CompletionListenerFuture loaded = new CompletionListenerFuture();
    users.loadAll(ada, true, loaded);
    hits.increment("home", 1, 1);
    hits.decrement("home", 1);

    Set<String> names = new TreeSet<>(namesOf(MemcachedCache.class));
    // A cache without a loader loads nothing, and these two are gets.
    names.removeAll(List.of("loadAll", "getOrDefault", "getOrThrow"));
    assertThat(recorder.operations()).isEqualTo(names);
    assertThat(recorder.ended).isEqualTo(recorder.begun);
  }

  private static Set<String> namesOf(Class<?> type) {
    Set<String> names = new TreeSet<>(Stream.of(type.getMethods()).map(Method::getName).toList());
    names.removeAll(UNOBSERVED);
    return names;
  }

  @Test
  void everyAsynchronousOperationIsACall() {
    AsyncCache<String, String> users = users().async();
    AsyncCache<String, Long> hits = cache("hits", Long.class).async();
    manager.addCallObserver(recorder);
    Set<String> ada = Set.of("ada");

    join(users.get("ada"));
    join(users.getAll(ada));
    join(users.containsKey("ada"));
    join(users.put("ada", "Lovelace"));
    join(users.getAndPut("ada", "King"));
    join(users.putAll(Map.of("ada", "King")));
    join(users.putIfAbsent("ada", "Byron"));
    join(users.replace("ada", "Byron"));
    join(users.getAndReplace("ada", "King"));
    join(users.getOrDefault("ada", "nobody"));
    join(users.getOrThrow("ada"));
    join(users.getOrCompute("ada", key -> "computed"));
    join(users.getVersioned("ada"));
    join(users.append("ada", "!"));
    join(users.prepend("ada", "!"));
    join(users.touch("ada", Duration.ofHours(1)));
    join(users.touchAll(ada, Duration.ofHours(1)));
    join(users.invoke("ada", (entry, arguments) -> entry.exists()));
    join(users.invokeAll(ada, (entry, arguments) -> entry.exists()));
    join(users.markStale("ada"));
    join(users.remove("ada"));
    join(users.getAndRemove("ada"));
    join(users.removeAll(ada));
    join(users.removeEach(ada));
    join(users.removeAll());
    join(users.approximateSize());
    join(users.clear());
    join(hits.increment("home", 1, 1));
    join(hits.decrement("home", 1));

    Set<String> names = namesOf(AsyncCache.class);
    names.removeAll(List.of("loadAll", "getOrDefault", "getOrThrow"));
    assertThat(recorder.operations()).isEqualTo(names);
    assertThat(recorder.ended).isEqualTo(recorder.begun);
  }

  private static <T extends @Nullable Object> T join(CompletionStage<T> stage) {
    return stage.toCompletableFuture().join();
  }
}
