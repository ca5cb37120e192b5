package org.jcachememcached;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.jcachememcached.testing.Patience.await;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.cache.configuration.MutableConfiguration;
import javax.management.ObjectName;
import org.jcachememcached.api.ClearStrategy;
import org.jcachememcached.api.EntryOptions;
import org.jcachememcached.api.NodeMXBean;
import org.jcachememcached.api.ServersMXBean;
import org.jcachememcached.testing.MemcachedServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers come and go while a cache is used. */
@SuppressWarnings("unchecked") // The types of unwrapped caches.
class TopologyIT extends ChangingCaches {

  private static final int COUNTERS = 20;
  private static final int COUNTS = 200;

  @Test
  void serverThatIsAddedTakesOverWithoutMisses() {
    MemcachedCacheManager manager = manager("1m", first, second);
    MemcachedCache<String, String> cache = cache(manager);
    putAll(cache, "value");

    change(manager, first, second, third);

    keys().forEach(key -> assertThat(cache.get(key)).as(key).isEqualTo("value"));
    assertThat(cache.getAll(keys())).hasSize(ENTRIES);
    assertThat(misses(cache)).isZero();
    assertThat(items(third)).isBetween(50L, 400L);
  }

  private static long items(MemcachedServer server) {
    return Long.parseLong(server.stats().get("curr_items"));
  }

  @Test
  void withoutWarmUpWhatHasMovedIsMissing() {
    MemcachedCacheManager manager = manager("0s", first, second);
    MemcachedCache<String, String> cache = cache(manager);
    putAll(cache, "value");

    change(manager, first, second, third);

    int left = cache.getAll(keys()).size();
    assertThat(left).isBetween(100, ENTRIES - 50);
    assertThat(misses(cache)).isEqualTo(ENTRIES - left);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0s", "1m"})
  void serverThatReturnsServesNothingOld(String warmUp) {
    MemcachedCacheManager manager = manager(warmUp, first, second, third);
    MemcachedCache<String, String> cache = cache(manager);
    putAll(cache, "old");

    change(manager, first, second);
    putAll(cache, "new");
    change(manager, first, second, third);

    keys().forEach(key -> assertThat(cache.get(key)).as(key).isIn(null, "new"));
    assertThat(values(cache)).containsExactly("new");
  }

  @Test
  void serverThatReturnsIsSweptAlsoWhereNothingIsRead() {
    MemcachedCacheManager manager = manager("0s", first, second, third);
    MemcachedCache<String, String> cache = cache(manager);
    putAll(cache, "old");

    change(manager, first, second);
    putAll(cache, "new");
    await().until(() -> !manager.unwrap(ServersMXBean.class).isChanging());
    long before = items(third);
    change(manager, first, second, third);
    await().until(() -> !manager.unwrap(ServersMXBean.class).isChanging());

    assertThat(before).isPositive();
    assertThat(items(third)).isZero();
  }

  @Test
  void whatIsRemovedDoesNotReturn() {
    MemcachedCacheManager manager = manager("1m", first, second);
    MemcachedCache<String, String> cache = cache(manager);
    putAll(cache, "old");

    change(manager, first, second, third);
    keys().forEach(cache::remove);

    assertThat(cache.getAll(keys())).isEmpty();
    change(manager, first, second);
    assertThat(cache.getAll(keys())).isEmpty();
  }

  @Test
  void allServersAreReplaced() {
    MemcachedCacheManager manager = manager("1m", first);
    MemcachedCache<String, String> cache = cache(manager);
    putAll(cache, "value");

    change(manager, second, third);

    assertThat(cache.getAll(keys())).hasSize(ENTRIES);
    assertThat(misses(cache)).isZero();
    assertThat(listed(cache)).isEqualTo(keys());
  }

  @Test
  void iterationAfterChangeFindsAllEntries() {
    MemcachedCacheManager manager = manager("1m", first, second);
    MemcachedCache<String, String> cache = cache(manager);
    putAll(cache, "value");

    change(manager, second, third);

    assertThat(listed(cache)).isEqualTo(keys());
    cache.clear();
    assertThat(cache.getAll(keys())).isEmpty();
  }

  @Test
  void iterationAfterTwoChangesFindsAllEntries() {
    MemcachedCacheManager manager = manager("1m", first);
    MemcachedCache<String, String> cache = cache(manager);
    putAll(cache, "value");

    change(manager, second);
    change(manager, third);

    assertThat(listed(cache)).isEqualTo(keys());
  }

  @Test
  void iterationFindsWhatIsOnServersThatAreUp() {
    MemcachedCacheManager manager = manager("1m", first, second);
    MemcachedCache<String, String> cache = cache(manager);
    putAll(cache, "value");
    long onFirst = items(first);

    second.kill();
    await().until(() -> manager.nodes().get(1).getState().equals("DOWN"));
    change(manager, first, third);

    assertThat(listed(cache)).hasSize((int) onFirst);
  }

  private static Set<String> listed(MemcachedCache<String, String> cache) {
    Set<String> listed = new HashSet<>();
    cache.forEach(entry -> listed.add(entry.getKey()));
    return listed;
  }

  @Test
  void connectionsOfServersThatHaveLeftAreClosed() throws Exception {
    MemcachedCacheManager manager = manager("200ms", first, second);
    MemcachedCache<String, String> cache = cache(manager);
    putAll(cache, "value");

    change(manager, second, third);

    assertThat(cache.getAll(keys())).isNotEmpty();
    assertThat(manager.nodes())
        .extracting(NodeMXBean::getServer)
        .containsExactly(second.address(), third.address());
    await().until(() -> !manager.unwrap(ServersMXBean.class).isChanging());
    await().untilAsserted(() -> assertThat(connections(first)).isZero());
    await()
        .untilAsserted(
            () ->
                assertThat(registered("Node"))
                    .containsExactlyInAnyOrder(second.address(), third.address()));
    assertThat(
            ManagementFactory.getPlatformMBeanServer()
                .queryNames(new ObjectName("org.jcachememcached:type=Servers,*"), null))
        .hasSize(1);
    manager.close();
    assertThat(registered("Node")).isEmpty();
  }

  private static int connections(MemcachedServer server) {
    // With the one that asks.
    return Integer.parseInt(server.stats().get("curr_connections")) - 1;
  }

  private static Set<String> registered(String type) throws Exception {
    return ManagementFactory.getPlatformMBeanServer()
        .queryNames(new ObjectName("org.jcachememcached:type=" + type + ",*"), null)
        .stream()
        .map(name -> ObjectName.unquote(name.getKeyProperty("node")))
        .collect(Collectors.toSet());
  }

  @Test
  void refusesWhatIsNoListOfServers() {
    ServersMXBean servers = manager("1m", first).unwrap(ServersMXBean.class);

    assertThatThrownBy(() -> servers.changeServers("a:1,a:1"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("a:1,a:1");
    assertThat(servers.getServers()).containsExactly(first.address());
    assertThat(servers.getChanges()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"0s", "1m"})
  void tagsAreInvalidatedForServersThatReturn(String warmUp) {
    MemcachedCacheManager manager = manager(warmUp, first, second, third);
    MemcachedCache<String, String> cache = cache(manager);
    keys().forEach(key -> cache.put(key, "old", EntryOptions.tagged("tag" + key)));

    change(manager, first, second);
    manager.invalidateTags(keys().stream().map(key -> "tag" + key).toList());
    change(manager, first, second, third);

    assertThat(cache.getAll(keys())).isEmpty();
  }

  @Test
  void tagsMoveWithTheirEntries() {
    MemcachedCacheManager manager = manager("1m", first, second);
    MemcachedCache<String, String> cache = cache(manager);
    keys().forEach(key -> cache.put(key, "value", EntryOptions.tagged("tag" + key)));

    change(manager, second, third);

    assertThat(cache.getAll(keys())).hasSize(ENTRIES);
    manager.invalidateTag("tagkey7");
    assertThat(cache.getAll(keys())).hasSize(ENTRIES - 1).doesNotContainKey("key7");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0s", "1m"})
  void clearedGenerationDoesNotReturn(String warmUp) {
    MemcachedCacheManager manager = manager(warmUp, first, second, third);
    MemcachedCache<String, String> cache =
        manager
            .createCache(
                "generations",
                new MemcachedConfiguration<String, String>().setClear(ClearStrategy.GENERATION))
            .unwrap(MemcachedCache.class);
    putAll(cache, "old");

    for (MemcachedServer removed : List.of(first, second, third)) {
      change(
          manager,
          Stream.of(first, second, third)
              .filter(one -> one != removed)
              .toArray(MemcachedServer[]::new));
      cache.clear();
      change(manager, first, second, third);
      assertThat(cache.getAll(keys())).isEmpty();
      putAll(cache, "old");
    }
  }

  @Test
  void countersKeepTheirNumbersWhileServersComeAndGo() throws Exception {
    MemcachedCacheManager manager = manager("1m", first, second);
    MemcachedCache<String, Long> counters =
        manager
            .createCache(
                "counters",
                new MutableConfiguration<String, Long>().setTypes(String.class, Long.class))
            .unwrap(MemcachedCache.class);
    ExecutorService threads = Executors.newFixedThreadPool(4);
    List<Future<?>> running = new ArrayList<>();
    for (int thread = 0; thread < 4; thread++) {
      running.add(threads.submit(() -> countAll(counters)));
    }
    change(manager, first, second, third);
    change(manager, second, third);
    for (Future<?> each : running) {
      each.get();
    }
    threads.shutdown();

    for (int i = 0; i < COUNTERS; i++) {
      assertThat(counters.get("counter" + i)).as("counter %d", i).isEqualTo(4L * COUNTS);
    }
  }

  private static void countAll(MemcachedCache<String, Long> counters) {
    for (int count = 0; count < COUNTS; count++) {
      for (int i = 0; i < COUNTERS; i++) {
        counters.increment("counter" + i, 1, 1);
      }
    }
  }

  /** Prints what a change of one server in ten costs. */
  @ParameterizedTest
  @ValueSource(strings = {"0s", "1m"})
  void oneServerIsAddedToTen(String warmUp) {
    List<MemcachedServer> more = Stream.generate(() -> MemcachedServer.start()).limit(8).toList();
    try {
      MemcachedServer[] eleven =
          Stream.concat(Stream.of(first, second, third), more.stream())
              .toArray(MemcachedServer[]::new);
      MemcachedCacheManager manager = manager(warmUp, Arrays.copyOf(eleven, 10));
      MemcachedCache<String, String> cache = cache(manager);
      putAll(cache, "value");

      change(manager, eleven);

      keys().forEach(cache::get);
      System.out.printf(
          "10 servers and 1 more, topology.warmup=%s: %d misses of %d reads%n",
          warmUp, misses(cache), ENTRIES);
      assertThat(misses(cache) == 0).isEqualTo(warmUp.equals("1m"));
      assertThat(misses(cache)).isLessThan(ENTRIES / 4);
    } finally {
      more.forEach(MemcachedServer::close);
    }
  }
}
