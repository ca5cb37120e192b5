package org.jcachememcached.internal.store.memcached;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jcachememcached.testing.Patience.await;

import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.cache.configuration.MutableConfiguration;
import javax.management.ObjectName;
import org.jcachememcached.MemcachedCache;
import org.jcachememcached.MemcachedCacheManager;
import org.jcachememcached.MemcachedCachingProvider;
import org.jcachememcached.api.NodeMXBean;
import org.jcachememcached.api.ServersMXBean;
import org.jcachememcached.internal.config.AffinityRule;
import org.jcachememcached.internal.config.Server;
import org.jcachememcached.testing.MemcachedServer;
import org.junit.jupiter.api.Test;

/** A fleet of many servers: one process that listens at many ports. Prints what it costs. */
@SuppressWarnings("unchecked") // The types of unwrapped caches.
class LargeFleetIT {

  private static final int SERVERS = 200;
  private static final int CONNECTIONS = 4;
  private static final int MOST_THREADS = 12;
  private static final int ROUTED_KEYS = 1_000_000;
  private static final long MOST_BYTES_PER_SERVER = 512 * 1024;

  @Test
  void keysAreDividedAmongAllServers() {
    for (int servers : new int[] {3, SERVERS}) {
      KetamaRing ring =
          new KetamaRing(
              IntStream.range(0, servers)
                  .mapToObj(i -> new Server("server" + i, 11211, 1))
                  .toList(),
              new KeyRouting(AffinityRule.NONE));
      int[] keysOfServers = new int[servers];
      long begun = System.nanoTime();
      for (int i = 0; i < ROUTED_KEYS; i++) {
        keysOfServers[ring.indexOf("app:cache:" + i)]++;
      }
      long each = (System.nanoTime() - begun) / ROUTED_KEYS;
      System.out.printf("%d servers: %d ns to find the server of a key%n", servers, each);
      assertThat(IntStream.of(keysOfServers).min().orElseThrow())
          .isGreaterThan(ROUTED_KEYS / servers / 3);
    }
  }

  @Test
  void takesFewThreadsAndLittleMemory() throws Exception {
    List<String> addresses =
        Stream.generate(MemcachedServer::freePort)
            .distinct()
            .limit(SERVERS)
            .map(port -> "127.0.0.1:" + port)
            .toList();
    try (MemcachedServer process =
            MemcachedServer.start("-l", String.join(",", addresses), "-c", "4096");
        MemcachedCachingProvider provider = new MemcachedCachingProvider()) {
      assertThat(process.stats()).containsKey("version");
      int threadsBefore = threads();
      long heapBefore = usedHeap();
      long buffersBefore = buffers();
      long begun = System.nanoTime();
      MemcachedCacheManager manager = manager(provider, addresses);
      MemcachedCache<String, String> cache =
          manager
              .createCache("large", new MutableConfiguration<String, String>())
              .unwrap(MemcachedCache.class);
      cache.put("first", "value");
      Duration untilFirst = Duration.ofNanos(System.nanoTime() - begun);
      await().until(() -> openConnections(manager) == SERVERS * CONNECTIONS);
      Duration untilAll = Duration.ofNanos(System.nanoTime() - begun);

      Map<String, String> entries =
          IntStream.range(0, 10_000)
              .mapToObj(i -> "key" + i)
              .collect(Collectors.toMap(Function.identity(), key -> "value of " + key));
      cache.putAll(entries);
      assertThat(cache.getAll(entries.keySet())).isEqualTo(entries);
      int threads = threads() - threadsBefore;
      long heap = (usedHeap() - heapBefore) / SERVERS;
      long buffers = (buffers() - buffersBefore) / SERVERS;
      System.out.printf(
          "%d servers, %d connections: first put after %d ms, all connected after %d ms,"
              + " %d threads, for each server %d KiB of heap and %d KiB of buffers%n",
          SERVERS,
          SERVERS * CONNECTIONS,
          untilFirst.toMillis(),
          untilAll.toMillis(),
          threads,
          heap / 1024,
          buffers / 1024);
      assertThat(threads).isLessThanOrEqualTo(MOST_THREADS);
      assertThat(buffers).isLessThan(MOST_BYTES_PER_SERVER);
      assertThat(heap).isLessThan(MOST_BYTES_PER_SERVER);
      await().until(() -> beans("Node") == SERVERS);

      manager
          .unwrap(ServersMXBean.class)
          .changeServers(String.join(",", addresses.subList(0, SERVERS - 1)));
      await().until(() -> beans("Node") == SERVERS - 1);
    }
    assertThat(beans("Node")).isZero();
  }

  private static MemcachedCacheManager manager(
      MemcachedCachingProvider provider, List<String> addresses) {
    Properties properties = new Properties();
    properties.setProperty("memcached.servers", String.join(",", addresses));
    properties.setProperty("memcached.timeout", "10s");
    properties.setProperty("memcached.connections", Integer.toString(CONNECTIONS));
    return provider
        .getCacheManager(URI.create("memcached:/large"), null, properties)
        .unwrap(MemcachedCacheManager.class);
  }

  private static int openConnections(MemcachedCacheManager manager) {
    return manager.nodes().stream().mapToInt(NodeMXBean::getOpenConnections).sum();
  }

  private static int threads() {
    return ManagementFactory.getThreadMXBean().getThreadCount();
  }

  private static long usedHeap() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }

  private static long buffers() {
    return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
        .filter(pool -> pool.getName().equals("direct"))
        .mapToLong(BufferPoolMXBean::getMemoryUsed)
        .sum();
  }

  private static long beans(String type) throws Exception {
    return ManagementFactory.getPlatformMBeanServer()
        .queryNames(new ObjectName("org.jcachememcached:type=" + type + ",*"), null)
        .stream()
        .filter(name -> name.getKeyProperty("servers").contains(","))
        .count();
  }
}
