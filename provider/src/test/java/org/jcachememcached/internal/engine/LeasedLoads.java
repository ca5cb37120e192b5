package org.jcachememcached.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jcachememcached.testing.FailingStore.any;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.cache.Cache;
import javax.cache.integration.CompletionListener;
import org.jcachememcached.TestCaches;
import org.jcachememcached.internal.store.Command;
import org.jcachememcached.internal.store.Item;
import org.jcachememcached.internal.store.Reply;
import org.jcachememcached.internal.store.StoredItem;
import org.jcachememcached.testing.RecordingLoader;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.provider.Arguments;

/** Caches that load under leases, and the ways to load. Not thread-safe. */
abstract class LeasedLoads {

  static final Duration TTL = Duration.ofSeconds(10);

  final TestCaches caches = new TestCaches("memory:test?lease.invoke=true");

  final RecordingLoader loader = new RecordingLoader();

  final Cache<String, String> rival = caches.openRival(TestCaches.configuration());

  @AfterEach
  void close() {
    caches.close();
  }

  /** A call that loads the value of "k" if there is none, with that loader. */
  interface Loading extends Function<Cache<String, String>, @Nullable String> {}

  static Stream<Arguments> loads() {
    return Stream.of(
        load("get", cache -> cache.get("k")),
        load("getAll", cache -> cache.getAll(Set.of("k")).get("k")),
        load("invoke", cache -> cache.invoke("k", (entry, arguments) -> entry.getValue())),
        load("loadAll", LeasesTest::loadAll),
        load("loadAll, replacing", LeasesTest::loadAllAnew));
  }

  /** Those that need no value of their own. */
  static Stream<Arguments> reads() {
    return loads().limit(4);
  }

  static Arguments load(String name, Loading load) {
    return Arguments.argumentSet(name, load);
  }

  static @Nullable String loadAll(Cache<String, String> cache) {
    return loadAll(cache, false);
  }

  static @Nullable String loadAllAnew(Cache<String, String> cache) {
    return loadAll(cache, true);
  }

  static @Nullable String loadAll(Cache<String, String> cache, boolean replace) {
    CompletableFuture<@Nullable Void> done = new CompletableFuture<>();
    cache.loadAll(
        Set.of("k"),
        replace,
        new CompletionListener() {
          @Override
          public void onCompletion() {
            done.complete(null);
          }

          @Override
          public void onException(Exception e) {
            done.completeExceptionally(e);
          }
        });
    done.join();
    return "K";
  }

  void plantLease() {
    long end = caches.clock().millis() + TTL.toMillis();
    plant(caches, Leftovers.lease(end, end));
  }

  static void plant(TestCaches caches, Item item) {
    Cache<String, String> any = caches.openRival(TestCaches.configuration());
    any.put("k", "v");
    String wire = caches.storedKeys().get(0);
    assertThat(caches.memory().send(List.of(new Command.Set(wire, item))).join())
        .containsExactly(Reply.DONE);
  }

  Item stored() {
    StoredItem item = storedItem();
    return new Item(item.flags(), item.data(), item.keepUntil());
  }

  StoredItem storedItem() {
    Command get = new Command.Get(caches.storedKeys().get(0));
    return Objects.requireNonNull(caches.memory().send(List.of(get)).join().get(0).item());
  }
}
