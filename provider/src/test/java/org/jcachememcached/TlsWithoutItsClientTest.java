package org.jcachememcached;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.CacheManager;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.spi.CachingProvider;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What spymemcached cannot do is said, and not taken for a failure of servers. */
class TlsWithoutItsClientTest {

  @ParameterizedTest
  @ValueSource(strings = {"degrade", "throw"})
  void theOtherClientIsNamed(String onFailure) {
    URI uri = URI.create("memcached://127.0.0.1/?tls.enabled=true&on.failure=" + onFailure);
    try (CachingProvider provider = new MemcachedCachingProvider();
        CacheManager manager = provider.getCacheManager(uri, null)) {
      Cache<String, String> cache =
          manager.createCache("c", new MutableConfiguration<String, String>());

      assertThatThrownBy(() -> cache.get("key"))
          .isInstanceOf(CacheException.class)
          .hasMessageContaining("tls.enabled")
          .hasMessageContaining("com.amazonaws:elasticache-java-cluster-client")
          .hasMessageContaining("in place of net.spy:spymemcached");
    }
  }
}
