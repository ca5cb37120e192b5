package org.jcachememcached;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.spi.CachingProvider;
import javax.management.ObjectName;
import org.jcachememcached.testing.MemcachedServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A user name and a password on their way from a manager's properties to a server. */
class AuthenticatedManagerIT {

  private static final String SECRET = "s3cret";

  @Test
  void logsInAndShowsThePasswordNowhere(@TempDir Path directory) throws Exception {
    try (MemcachedServer server = MemcachedServer.start("-Y", authFile(directory));
        CachingProvider provider = new MemcachedCachingProvider();
        CacheManager manager =
            provider.getCacheManager(
                URI.create("memcached://" + server.address()), null, properties())) {
      Cache<String, String> cache =
          manager.createCache("users", new MutableConfiguration<String, String>());
      cache.put("key", "value");

      assertThat(cache.get("key")).isEqualTo("value");
      assertThat(cache).hasSize(1);
      assertThat(manager.getProperties())
          .containsEntry("memcached.timeout", "10s")
          .doesNotContainKey("memcached.password")
          .doesNotContainValue(SECRET);
      assertThat(manager.toString() + cache + provider).doesNotContain(SECRET);
      assertThat(ManagementFactory.getPlatformMBeanServer().queryNames(null, null))
          .noneMatch(name -> name.toString().contains(SECRET));
    }
  }

  @Test
  void nodesHaveTheirMBeansOutsideOfTheDomainOfJsr107() throws Exception {
    ObjectName ours = new ObjectName("org.jcachememcached:type=Node,*");
    var mbeans = ManagementFactory.getPlatformMBeanServer();
    try (MemcachedServer server = MemcachedServer.start()) {
      try (CachingProvider provider = new MemcachedCachingProvider();
          CacheManager manager =
              provider.getCacheManager(URI.create("memcached://" + server.address()), null, null)) {
        manager
            .createCache("users", new MutableConfiguration<String, String>())
            .put("key", "value");

        assertThat(mbeans.queryNames(ours, null)).hasSize(1);
        assertThat(mbeans.queryNames(new ObjectName("javax.cache:type=Node,*"), null)).isEmpty();
      }
      assertThat(mbeans.queryNames(ours, null)).isEmpty();
    }
  }

  private static String authFile(Path directory) throws IOException {
    return Files.writeString(directory.resolve("auth"), "app:" + SECRET + "\n").toString();
  }

  private static Properties properties() {
    Properties properties = new Properties();
    properties.setProperty("memcached.username", "app");
    properties.setProperty("memcached.password", SECRET);
    properties.setProperty("memcached.timeout", "10s");
    return properties;
  }
}
