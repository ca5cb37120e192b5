package org.jcachememcached;

import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.cache.configuration.MutableConfiguration;
import org.jcachememcached.api.ServersMXBean;
import org.jcachememcached.testing.MemcachedServer;
import org.junit.jupiter.api.AfterEach;

/** Three servers, and caches of several managers that use some of them. */
@SuppressWarnings("unchecked") // The types of unwrapped caches.
abstract class ChangingCaches {

  static final int ENTRIES = 500;

  final MemcachedServer first = MemcachedServer.start();
  final MemcachedServer second = MemcachedServer.start();
  final MemcachedServer third = MemcachedServer.start();
  private final List<MemcachedCachingProvider> providers = new ArrayList<>();

  @AfterEach
  void stop() {
    providers.forEach(MemcachedCachingProvider::close);
    Stream.of(first, second, third).forEach(MemcachedServer::close);
  }

  MemcachedCacheManager manager(String warmUp, MemcachedServer... servers) {
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

  static String list(MemcachedServer... servers) {
    return Stream.of(servers).map(MemcachedServer::address).collect(Collectors.joining(","));
  }

  static MemcachedCache<String, String> cache(MemcachedCacheManager manager) {
    return manager
        .createCache("cache", new MutableConfiguration<String, String>().setStatisticsEnabled(true))
        .unwrap(MemcachedCache.class);
  }

  static void change(MemcachedCacheManager manager, MemcachedServer... servers) {
    manager.unwrap(ServersMXBean.class).changeServers(list(servers));
  }

  static void putAll(MemcachedCache<String, String> cache, String value) {
    keys().forEach(key -> cache.put(key, value));
  }

  static Set<String> keys() {
    return IntStream.range(0, ENTRIES)
        .mapToObj(i -> "key" + i)
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  static Set<String> values(MemcachedCache<String, String> cache) {
    return new LinkedHashSet<>(cache.getAll(keys()).values());
  }

  static long misses(MemcachedCache<String, String> cache) {
    return cache.statistics().getCacheMisses();
  }
}
