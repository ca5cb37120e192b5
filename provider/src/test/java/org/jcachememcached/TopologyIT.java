package org.jcachememcached;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.jcachememcached.testing.Patience.await;

import java.lang.management.ManagementFactory;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.cache.configuration.MutableConfiguration;
import javax.management.ObjectName;
import org.jcachememcached.api.ClearStrategy;
import org.jcachememcached.api.EntryOptions;
import org.jcachememcached.api.NodeMXBean;
import org.jcachememcached.api.ServersMXBean;
import org.jcachememcached.testing.MemcachedServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers come and go while a cache is used. */
@SuppressWarnings("unchecked") // The types of unwrapped caches.
class TopologyIT {

  private static final int ENTRIES = 500;
  private static final int COUNTERS = 20;
  private static final int COUNTS = 200;

  private final MemcachedServer first = MemcachedServer.start();
  private final MemcachedServer second = MemcachedServer.start();
  private final MemcachedServer third = MemcachedServer.start();
  private final List<MemcachedCachingProvider> providers = new ArrayList<>();

  @AfterEach
  void stop() {
    providers.forEach(MemcachedCachingProvider::close);
    Stream.of(first, second, third).forEach(MemcachedServer::close);
  }

  private MemcachedCacheManager manager(String warmUp, MemcachedServer... servers) {
    MemcachedCachingProvider provider = new MemcachedCachingProvider();
    providers.add(provider);
    Properties properties = new Properties();
    properties.setProperty("memcached.servers", list(servers));
    properties.setProperty("memcached.topology.warmup", warmUp);
    properties.setProperty("memcached.timeout", "10s");
    ClassLoader application = new ClassLoader(getClass().getClassLoader()) {};
    return provider
        .getCacheManager(URI.create("memcached:/topology"), application, properties)
        .unwrap(MemcachedCacheManager.class);
  }

  private static String list(MemcachedServer... servers) {
    return Stream.of(servers).map(MemcachedServer::address).collect(Collectors.joining(","));
  }

  private static MemcachedCache<String, String> cache(MemcachedCacheManager manager) {
    return manager
        .createCache("cache", new MutableConfiguration<String, String>().setStatisticsEnabled(true))
        .unwrap(MemcachedCache.class);
  }

  private static void change(MemcachedCacheManager manager, MemcachedServer... servers) {
    manager.unwrap(ServersMXBean.class).changeServers(list(servers));
  }

  private static void putAll(MemcachedCache<String, String> cache, String value) {
    keys().forEach(key -> cache.put(key, value));
  }

  private static Set<String> keys() {
    return IntStream.range(0, ENTRIES)
        .mapToObj(i -> "key" + i)
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  private static Set<String> values(MemcachedCache<String, String> cache) {
    return new LinkedHashSet<>(cache.getAll(keys()).values());
  }

  private static long misses(MemcachedCache<String, String> cache) {
    return cache.statistics().getCacheMisses();
  }

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
    List<String> listed = new ArrayList<>();
    cache.forEach(entry -> listed.add(entry.getKey()));
    assertThat(listed).containsExactlyInAnyOrderElementsOf(keys());
  }

  @Test
  void iterationAfterChangeFindsAllEntries() {
    MemcachedCacheManager manager = manager("1m", first, second);
    MemcachedCache<String, String> cache = cache(manager);
    putAll(cache, "value");

    change(manager, second, third);

    List<String> listed = new ArrayList<>();
    cache.forEach(entry -> listed.add(entry.getKey()));
    assertThat(listed).containsExactlyInAnyOrderElementsOf(keys());
    cache.clear();
    assertThat(cache.getAll(keys())).isEmpty();
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

  /** Two JVMs of which one learns of a change later, step by step. */
  @Test
  void clientThatLearnsOfChangeLaterReadsNothingOlderThanWhatOthersHaveWritten() {
    MemcachedCacheManager early = manager("1m", first, second);
    MemcachedCacheManager late = manager("1m", first, second);
    MemcachedCache<String, String> ofEarly = cache(early);
    MemcachedCache<String, String> ofLate = cache(late);
    putAll(ofEarly, "old");

    change(early, first, second, third);
    putAll(ofEarly, "new");

    assertThat(values(ofLate)).as("before it learns of it").isSubsetOf("new");
    change(late, first, second, third);
    assertThat(values(ofLate)).as("afterwards").isSubsetOf("new");
    keys().forEach(ofEarly::remove);
    assertThat(values(ofLate)).isEmpty();
  }

  @Test
  void whatLateClientHasWrittenIsReadByAllOnceItHasLearnedOfChange() {
    MemcachedCacheManager early = manager("1m", first, second);
    MemcachedCacheManager late = manager("1m", first, second);
    MemcachedCache<String, String> ofEarly = cache(early);
    MemcachedCache<String, String> ofLate = cache(late);
    putAll(ofEarly, "old");

    change(early, first, second, third);
    assertThat(values(ofEarly)).containsExactly("old");
    putAll(ofLate, "new");
    assertThat(values(ofEarly)).as("until then").contains("old");
    change(late, first, second, third);
    await().until(() -> isSwept(late));

    assertThat(values(ofEarly)).containsExactly("new");
    assertThat(values(ofLate)).containsExactly("new");
    assertThat(misses(ofEarly) + misses(ofLate)).isZero();
  }

  /** The items that were on the added server before are gone; later ones are copied anew. */
  private boolean isSwept(MemcachedCacheManager manager) {
    return manager.unwrap(ServersMXBean.class).isSwept();
  }

  @Test
  void unchangedEntriesStayWarmThoughAllClientsLearnOfChangeOneAfterAnother() {
    List<MemcachedCacheManager> managers =
        Stream.generate(() -> manager("1m", first, second)).limit(4).toList();
    List<MemcachedCache<String, String>> caches = managers.stream().map(TopologyIT::cache).toList();
    putAll(caches.get(0), "value");

    for (MemcachedCacheManager manager : managers) {
      change(manager, first, second, third);
      caches.forEach(cache -> assertThat(cache.getAll(keys())).hasSize(ENTRIES));
    }

    assertThat(caches.stream().mapToLong(TopologyIT::misses).sum()).isZero();
  }

  @Test
  void whatIsRemovedAfterTheWarmUpOfOneClientIsNotReadInThatOfAnother() throws Exception {
    MemcachedCacheManager early = manager("2s", first, second);
    MemcachedCacheManager late = manager("2s", first, second);
    MemcachedCache<String, String> ofEarly = cache(early);
    MemcachedCache<String, String> ofLate = cache(late);
    putAll(ofEarly, "old");
    change(early, first, second, third);

    Thread.sleep(2500);
    keys().forEach(ofEarly::remove);
    change(late, first, second, third);

    assertThat(ofLate.getAll(keys())).isEmpty();
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
}
