package org.jcachememcached.benchmarks;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import javax.cache.Cache;
import javax.cache.Caching;
import javax.cache.configuration.MutableConfiguration;
import net.spy.memcached.AddrUtil;
import net.spy.memcached.MemcachedClient;

/**
 * A program that gets one value, as the first that its JVM does, and prints how long that took: the
 * milliseconds since {@code main} began and since the JVM started.
 */
enum FirstGet {
  PROVIDER {
    @Override
    void put(String server, String value) {
      open(server).put(KEY, value);
      Caching.getCachingProvider().close();
    }

    @Override
    Object get(String server) {
      return open(server).get(KEY);
    }

    private Cache<String, String> open(String server) {
      return Caching.getCachingProvider()
          .getCacheManager(URI.create("memcached://" + server + "/first"), null)
          .createCache(
              "users",
              new MutableConfiguration<String, String>().setTypes(String.class, String.class));
    }
  },
  RAW {
    @Override
    void put(String server, String value) throws IOException {
      MemcachedClient client = open(server);
      if (!client.set(KEY, 0, value).getStatus().isSuccess()) {
        throw new IOException("memcached did not store a value");
      }
      client.shutdown(1, TimeUnit.SECONDS);
    }

    @Override
    Object get(String server) throws IOException {
      return open(server).get(KEY);
    }

    private MemcachedClient open(String server) throws IOException {
      return new MemcachedClient(AddrUtil.getAddresses(server));
    }
  };

  private static final String KEY = "user";

  /** Stores what is got. */
  abstract void put(String server, String value) throws IOException;

  /** Connects, and gets the value. */
  abstract Object get(String server) throws IOException;

  /** Takes the name of a contender and the address of a server. */
  public static void main(String... args) throws IOException {
    long began = System.nanoTime();
    Object value = valueOf(args[0]).get(args[1]);
    long answered = System.nanoTime();
    long answeredAt = System.currentTimeMillis();
    Objects.requireNonNull(value, "nothing is stored");
    long started = ManagementFactory.getRuntimeMXBean().getStartTime();
    System.out.println((answered - began) / 1e6 + " " + (answeredAt - started));
    System.exit(0);
  }
}
