package org.jcachememcached;

import java.net.URI;
import java.time.Duration;
import java.util.Properties;
import javax.cache.Cache;
import javax.cache.configuration.MutableConfiguration;
import org.jcachememcached.testing.MemcachedServer;

/** Caches on a real server, for contracts; each has entries of its own. Not thread-safe. */
final class ServerCaches implements AutoCloseable {

  private final MemcachedServer server;
  private final MemcachedCachingProvider provider = new MemcachedCachingProvider();
  private int created;

  /**
   * @param server is not stopped by this
   */
  ServerCaches(MemcachedServer server) {
    this.server = server;
  }

  /**
   * Creates a cache.
   *
   * @param settings of its manager, as the query of a URI
   */
  <K, V> Cache<K, V> create(String settings, MutableConfiguration<K, V> configuration) {
    return provider
        .getCacheManager(
            URI.create("memcached://" + server.address().replace("/", "%2F") + "/?" + settings),
            getClass().getClassLoader(),
            new Properties())
        .createCache("cache" + created++, configuration);
  }

  /** Lets time pass, which only waiting does here. */
  static void pass(Duration time) {
    try {
      Thread.sleep(time.toMillis());
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Closes the caches. */
  @Override
  public void close() {
    provider.close();
  }
}
