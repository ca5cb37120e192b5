package org.jcachememcached.interoperation;

import java.net.URI;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.cache.Cache;
import javax.cache.CacheManager;
import org.jcachememcached.MemcachedCachingProvider;
import org.jcachememcached.MemcachedConfiguration;
import org.jcachememcached.api.FailurePolicy;
import org.jcachememcached.api.KeyStrategy;
import org.jcachememcached.testing.MemcachedServer;

/** An application in Java that shares entries with another client. Not thread-safe. */
final class JavaSide implements AutoCloseable {

  private final MemcachedCachingProvider provider = new MemcachedCachingProvider();
  private final CacheManager manager;

  /**
   * @param servers given as {@code host:port:weight}
   */
  JavaSide(List<String> servers) {
    URI uri = URI.create("memcached://" + String.join(",", servers) + "/shop?timeout=10s");
    manager = provider.getCacheManager(uri, null);
  }

  /** The servers with these weights, as both sides are configured. */
  static List<String> addresses(List<MemcachedServer> servers, int... weights) {
    return IntStream.range(0, weights.length)
        .mapToObj(i -> servers.get(i).address() + ":" + weights[i])
        .collect(Collectors.toList());
  }

  /** A cache whose entry {@code 42} other clients call {@code user:42}; only one can be open. */
  <V> Cache<String, V> share(Client client, Sample sample, Class<V> type) {
    return manager.createCache("users", configuration(client, sample, type).setKeyPrefix("user:"));
  }

  /** A cache whose entry {@code 42} other clients call {@code shop:users:42}. */
  <V> Cache<String, V> shareWithDefaultPrefix(Client client, Sample sample, Class<V> type) {
    return manager.createCache("users", configuration(client, sample, type));
  }

  /** A cache of texts like that of {@link #share}, whose entries end an hour after they begin. */
  Cache<String, String> shareForAnHour(Client client) {
    return manager.createCache(
        "users",
        configuration(client, Sample.ASCII, String.class)
            .setKeyPrefix("user:")
            .setExpiry("created 1 hour"));
  }

  private static <V> MemcachedConfiguration<String, V> configuration(
      Client client, Sample sample, Class<V> type) {
    return new MemcachedConfiguration<String, V>()
        .setTypes(String.class, type)
        .setCodec(sample.codec())
        .setFormat(client.format())
        .setCompression(sample.compression())
        .setKeyStrategy(KeyStrategy.STRING)
        .setOnFailure(FailurePolicy.THROW);
  }

  @Override
  public void close() {
    provider.close();
  }
}
