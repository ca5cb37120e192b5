package org.jcachememcached.internal.store.memcached;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.security.Security;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.CacheManager;
import javax.cache.Caching;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.spi.CachingProvider;
import org.jcachememcached.testing.ChildJvm;
import org.jcachememcached.testing.MemcachedServer;
import org.junit.jupiter.api.Test;

/** A JVM that is restricted to what FIPS 140 allows has no MD5. */
class MissingMd5IT {

  @Test
  void oneServerNeedsNone() {
    try (MemcachedServer server = MemcachedServer.start();
        ChildJvm jvm = ChildJvm.start(Client.class, uri(server.address()))) {
      assertThat(jvm.awaitEnd()).containsExactly("value");
    }
  }

  @Test
  void severalServersNeedOneAndSaySo() {
    try (MemcachedServer one = MemcachedServer.start();
        MemcachedServer two = MemcachedServer.start();
        ChildJvm jvm = ChildJvm.start(Client.class, uri(one.address() + "," + two.address()))) {
      assertThat(jvm.awaitEnd())
          .singleElement()
          .asString()
          .startsWith("CacheException: ")
          .contains("this JVM has no MD5")
          .contains("2 servers")
          .contains(one.address())
          .contains("allowed is a single server")
          .contains("'servers'");
    }
  }

  private static String uri(String servers) {
    return "memcached://" + servers + "/?timeout=10s";
  }

  /** Puts and gets at the URI. */
  static final class Client {

    private Client() {}

    public static void main(String[] arguments) {
      removeMd5();
      try (CachingProvider provider = Caching.getCachingProvider();
          CacheManager manager =
              provider.getCacheManager(java.net.URI.create(arguments[0]), null)) {
        Cache<String, String> cache =
            manager.createCache("cache", new MutableConfiguration<String, String>());
        cache.put("key", "value");
        System.out.println(cache.get("key"));
      } catch (CacheException e) {
        System.out.println("CacheException: " + e.getMessage());
      }
    }

    private static void removeMd5() {
      Provider sun = Security.getProvider("SUN");
      Security.insertProviderAt(new WithoutMd5(sun), 1);
      Security.removeProvider(sun.getName());
      if (Security.getAlgorithms("MessageDigest").contains("MD5")) {
        throw new IllegalStateException("MD5 is there still");
      }
    }
  }

  /** What another provider has, but for MD5. */
  private static final class WithoutMd5 extends Provider {

    private static final long serialVersionUID = 1L;

    WithoutMd5(Provider all) {
      super("WithoutMd5", "1", "for a test");
      for (Service service : all.getServices()) {
        if (!service.getAlgorithm().equals("MD5")) {
          putService(new Copy(this, service));
        }
      }
    }
  }

  private static final class Copy extends Provider.Service {

    private final Provider.Service original;

    Copy(Provider provider, Provider.Service original) {
      super(
          provider,
          original.getType(),
          original.getAlgorithm(),
          original.getClassName(),
          null,
          null);
      this.original = original;
    }

    @Override
    public Object newInstance(Object parameter) throws NoSuchAlgorithmException {
      return original.newInstance(parameter);
    }
  }
}
