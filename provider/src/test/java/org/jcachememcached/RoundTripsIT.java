package org.jcachememcached;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.jcachememcached.api.EntryOptions.tagged;

import java.net.URI;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.configuration.MutableCacheEntryListenerConfiguration;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.event.CacheEntryCreatedListener;
import javax.cache.expiry.AccessedExpiryPolicy;
import javax.cache.expiry.Duration;
import org.jcachememcached.api.EntryOptions;
import org.jcachememcached.testing.MemcachedServer;
import org.jcachememcached.testing.RoundTripRelay;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What operations cost on a real server: requests as it counts them, and round trips. */
class RoundTripsIT {

  private static final int MANY = 100;

  private static MemcachedServer server;

  private RoundTripRelay relay;
  private MemcachedCachingProvider provider;
  private CacheManager manager;
  private Cache<Integer, String> plain;
  private Cache<Integer, String> observed;

  /** Requests that the server has counted, and the round trips they took. */
  private record Cost(long gets, long sets, long deletes, long counts, int roundTrips) {

    Cost(long gets, long sets, long deletes, int roundTrips) {
      this(gets, sets, deletes, 0, roundTrips);
    }

    Cost minus(Cost before) {
      return new Cost(
          gets - before.gets,
          sets - before.sets,
          deletes - before.deletes,
          counts - before.counts,
          roundTrips - before.roundTrips);
    }
  }

  @BeforeAll
  static void startServer() {
    server = MemcachedServer.start();
  }

  @AfterAll
  static void stopServer() {
    server.close();
  }

  @BeforeEach
  void createCaches() {
    relay = new RoundTripRelay(server.socketAddress());
    provider = new MemcachedCachingProvider();
    // From a tenth of the timeout on, a server that stands still is asked whether it is there.
    manager =
        provider.getCacheManager(
            URI.create("memcached://" + relay.address() + "/?timeout=1m"), null);
    plain = manager.createCache("plain", new MutableConfiguration<Integer, String>());
    observed = manager.createCache("observed", observedConfiguration());
    openAllConnections();
    plain.put(1, "old");
    observed.put(1, "old");
  }

  /** The first request on each waits until it is open. */
  private void openAllConnections() {
    plain.putAll(many());
    plain.removeAll(many().keySet());
  }

  private static MutableConfiguration<Integer, String> observedConfiguration() {
    CacheEntryCreatedListener<Integer, String> listener = events -> {};
    return new MutableConfiguration<Integer, String>()
        .setExpiryPolicyFactory(AccessedExpiryPolicy.factoryOf(Duration.ONE_HOUR))
        .addCacheEntryListenerConfiguration(
            new MutableCacheEntryListenerConfiguration<>(() -> listener, null, false, true));
  }

  @AfterEach
  void removeCaches() {
    provider.close();
    relay.close();
    server.command("flush_all");
  }

  @Test
  void plainReadsAreOneRequest() {
    assertThat(cost(() -> plain.get(1))).isEqualTo(new Cost(1, 0, 0, 1));
    assertThat(cost(() -> plain.get(2))).isEqualTo(new Cost(1, 0, 0, 1));
    assertThat(cost(() -> plain.containsKey(1))).isEqualTo(new Cost(1, 0, 0, 1));
  }

  @Test
  void plainWritesAreOneRequest() {
    assertThat(cost(() -> plain.put(1, "new"))).isEqualTo(new Cost(0, 1, 0, 1));
    assertThat(cost(() -> plain.putIfAbsent(2, "new"))).isEqualTo(new Cost(0, 1, 0, 1));
    assertThat(cost(() -> plain.removeAll(Set.of(1)))).isEqualTo(new Cost(0, 0, 1, 1));
  }

  @Test
  void whatTellsWhetherThereWasAnEntryReadsIt() {
    assertThat(cost(() -> plain.putIfAbsent(1, "new"))).isEqualTo(new Cost(1, 1, 0, 2));
    assertThat(cost(() -> plain.replace(1, "new"))).isEqualTo(new Cost(1, 1, 0, 2));
    assertThat(cost(() -> plain.replace(2, "new"))).isEqualTo(new Cost(1, 0, 0, 1));
    assertThat(cost(() -> plain.remove(1))).isEqualTo(new Cost(1, 0, 1, 2));
    assertThat(cost(() -> plain.remove(1))).isEqualTo(new Cost(1, 0, 0, 1));
  }

  @Test
  void whatDependsOnTheOldValueReadsIt() {
    assertThat(cost(() -> plain.getAndPut(1, "a"))).isEqualTo(new Cost(1, 1, 0, 2));
    assertThat(cost(() -> plain.getAndReplace(1, "b"))).isEqualTo(new Cost(1, 1, 0, 2));
    assertThat(cost(() -> plain.replace(1, "b", "c"))).isEqualTo(new Cost(1, 1, 0, 2));
    assertThat(cost(() -> invoke(plain))).isEqualTo(new Cost(1, 1, 0, 2));
    assertThat(cost(() -> plain.remove(1, "x"))).isEqualTo(new Cost(1, 0, 0, 1));
    assertThat(cost(() -> plain.getAndRemove(1))).isEqualTo(new Cost(1, 0, 1, 2));
  }

  @Test
  void countingIsOneRequest() {
    MemcachedCache<Integer, Long> numbers = create("numbers", Long.class, "java");
    assertThat(cost(() -> numbers.increment(1, 1))).isEqualTo(new Cost(0, 0, 0, 1, 1));
    Cost creation = cost(() -> numbers.increment(1, 1, 1));
    assertThat(creation.roundTrips()).isEqualTo(1);
    assertThat(cost(() -> numbers.increment(1, 1))).isEqualTo(new Cost(0, 0, 0, 1, 1));
    assertThat(cost(() -> numbers.decrement(1, 1))).isEqualTo(new Cost(0, 0, 0, 1, 1));

    numbers.put(1, 5L, EntryOptions.expireAfter(java.time.Duration.ofHours(1)));
    assertThat(cost(() -> numbers.increment(1, 1)).roundTrips()).isEqualTo(3);
    assertThat(cost(() -> numbers.increment(1, 1))).isEqualTo(new Cost(0, 0, 0, 1, 1));
    assertThat(numbers.get(1)).isEqualTo(7L);
  }

  @Test
  @SuppressWarnings("unchecked")
  void appendingIsOneRequest() {
    MemcachedCache<Integer, String> texts = create("texts", String.class, "string");
    texts.put(1, "b");
    assertThat(cost(() -> texts.append(1, "c"))).isEqualTo(new Cost(0, 1, 0, 1));
    assertThat(cost(() -> texts.prepend(1, "a"))).isEqualTo(new Cost(0, 1, 0, 1));
    assertThat(cost(() -> texts.append(2, "c"))).isEqualTo(new Cost(1, 1, 0, 2));
    assertThat(texts.get(1)).isEqualTo("abc");

    MemcachedCache<Integer, String> enveloped = plain.unwrap(MemcachedCache.class);
    assertThat(cost(() -> enveloped.append(1, "c"))).isEqualTo(new Cost(1, 1, 0, 2));
  }

  @SuppressWarnings("unchecked")
  private <V> MemcachedCache<Integer, V> create(String name, Class<V> type, String codec) {
    MemcachedCache<Integer, V> cache =
        manager
            .createCache(
                name,
                new MemcachedConfiguration<Integer, V>()
                    .setTypes(Integer.class, type)
                    .setCodec(codec))
            .unwrap(MemcachedCache.class);
    cache.remove(1);
    return cache;
  }

  @Test
  void manyPlainEntriesTakeTheRoundTripsOfOne() {
    assertThat(cost(() -> plain.putAll(many()))).isEqualTo(new Cost(0, MANY, 0, 1));
    assertThat(cost(() -> plain.getAll(many().keySet()))).isEqualTo(new Cost(MANY, 0, 0, 1));
    assertThat(cost(() -> invokeAll(plain))).isEqualTo(new Cost(MANY, MANY, 0, 2));
    assertThat(cost(() -> plain.removeAll(many().keySet()))).isEqualTo(new Cost(0, 0, MANY, 1));
  }

  @Test
  void anAccessMovesTheDeadlineAtTheServer() {
    assertThat(cost(() -> observed.get(1))).isEqualTo(new Cost(1, 0, 0, 1));
    assertThat(cost(() -> observed.get(2))).isEqualTo(new Cost(1, 0, 0, 1));
    assertThat(cost(() -> observed.containsKey(1))).isEqualTo(new Cost(1, 0, 0, 1));
  }

  @Test
  void observedWritesReadFirst() {
    assertThat(cost(() -> observed.put(1, "new"))).isEqualTo(new Cost(1, 1, 0, 2));
    assertThat(cost(() -> observed.putIfAbsent(1, "new"))).isEqualTo(new Cost(1, 0, 0, 1));
    assertThat(cost(() -> observed.putIfAbsent(2, "new"))).isEqualTo(new Cost(1, 1, 0, 2));
    assertThat(cost(() -> observed.replace(1, "new"))).isEqualTo(new Cost(1, 1, 0, 2));
    assertThat(cost(() -> invoke(observed))).isEqualTo(new Cost(1, 1, 0, 2));
    assertThat(cost(() -> observed.remove(1))).isEqualTo(new Cost(1, 0, 1, 2));
    assertThat(cost(() -> observed.remove(1))).isEqualTo(new Cost(1, 0, 0, 1));
  }

  @Test
  void manyObservedEntriesTakeTheRoundTripsOfOne() {
    assertThat(cost(() -> observed.putAll(many()))).isEqualTo(new Cost(MANY, MANY, 0, 2));
    assertThat(cost(() -> observed.getAll(many().keySet()))).isEqualTo(new Cost(MANY, 0, 0, 1));
    assertThat(cost(() -> invokeAll(observed))).isEqualTo(new Cost(MANY, MANY, 0, 2));
    assertThat(cost(() -> observed.removeAll(many().keySet())))
        .isEqualTo(new Cost(MANY, 0, MANY, 2));
  }

  @Test
  void tagsAreOneRequestForAllEntries() {
    MemcachedCache<Integer, String> tagged = beyond(plain);
    MemcachedCacheManager manager =
        requireNonNull(plain.getCacheManager()).unwrap(MemcachedCacheManager.class);
    assertThat(cost(() -> tagged.put(1, "new", tagged("t")))).isEqualTo(new Cost(1, 2, 0, 3));
    assertThat(cost(() -> tagged.put(1, "new", tagged("t")))).isEqualTo(new Cost(1, 1, 0, 2));
    assertThat(cost(() -> tagged.putAll(many(), tagged("t")))).isEqualTo(new Cost(1, MANY, 0, 2));
    assertThat(cost(() -> tagged.get(1))).isEqualTo(new Cost(2, 0, 0, 2));
    assertThat(cost(() -> tagged.getAll(many().keySet()))).isEqualTo(new Cost(MANY + 1, 0, 0, 2));
    assertThat(cost(() -> manager.invalidateTag("t"))).isEqualTo(new Cost(0, 0, 1, 1));
    assertThat(tagged.getAll(many().keySet())).isEmpty();
  }

  @SuppressWarnings("unchecked")
  private static MemcachedCache<Integer, String> beyond(Cache<Integer, String> cache) {
    return cache.unwrap(MemcachedCache.class);
  }

  private static void invoke(Cache<Integer, String> cache) {
    cache.invoke(
        1,
        (entry, arguments) -> {
          entry.setValue(entry.getValue() + "!");
          return null;
        });
  }

  private static void invokeAll(Cache<Integer, String> cache) {
    cache.invokeAll(
        many().keySet(),
        (entry, arguments) -> {
          entry.setValue(entry.getValue() + "!");
          return null;
        });
  }

  private static Map<Integer, String> many() {
    return IntStream.range(1000, 1000 + MANY)
        .boxed()
        .collect(Collectors.toMap(i -> i, i -> "value " + i));
  }

  private Cost cost(Runnable operation) {
    Cost before = spent();
    operation.run();
    return spent().minus(before);
  }

  private Cost spent() {
    Map<String, String> stats = server.stats();
    return new Cost(
        // The server counts a get that sets the expiry as a touch.
        count(stats, "cmd_get") + count(stats, "cmd_touch"),
        count(stats, "cmd_set"),
        count(stats, "delete_hits") + count(stats, "delete_misses"),
        count(stats, "incr_hits")
            + count(stats, "incr_misses")
            + count(stats, "decr_hits")
            + count(stats, "decr_misses"),
        relay.roundTrips());
  }

  private static long count(Map<String, String> stats, String name) {
    return Long.parseLong(stats.get(name));
  }
}
