package org.jcachememcached.elasticache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jcachememcached.testing.Patience.await;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import javax.cache.Cache;
import javax.cache.configuration.MutableConfiguration;
import org.jcachememcached.MemcachedCachingProvider;

/** Opens caches on servers with TLS, for the test that closes it. Not thread-safe. */
final class TlsCaches implements AutoCloseable {

  private final MemcachedCachingProvider provider = new MemcachedCachingProvider();

  /** Settings that trust the certificate of a server. */
  static Properties trusting(SelfSigned server) {
    Properties settings = new Properties();
    settings.setProperty("memcached.tls.enabled", "true");
    settings.setProperty("memcached.tls.truststore.file", server.truststoreFile().toString());
    settings.setProperty("memcached.tls.truststore.password", SelfSigned.PASSWORD);
    return settings;
  }

  /** The same, with a certificate that the client presents. */
  static Properties presenting(SelfSigned client, SelfSigned server) {
    Properties settings = trusting(server);
    settings.setProperty("memcached.tls.keystore.file", client.keystoreFile().toString());
    settings.setProperty("memcached.tls.keystore.password", SelfSigned.PASSWORD);
    return settings;
  }

  /** A cache whose failures are exceptions. */
  Cache<String, byte[]> open(String servers, Duration timeout, Properties settings) {
    URI uri =
        URI.create(
            "memcached://%s/?on.failure=throw&timeout=%dms".formatted(servers, timeout.toMillis()));
    return provider
        .getCacheManager(uri, null, settings)
        .createCache(
            "c", new MutableConfiguration<String, byte[]>().setTypes(String.class, byte[].class));
  }

  /** Closes all of them, and asserts that no thread is left. */
  @Override
  public void close() {
    provider.close();
    await().untilAsserted(() -> assertThat(ourThreads()).isEmpty());
  }

  private static List<String> ourThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.startsWith("jcache-memcached") || name.startsWith("Memcached IO"))
        .toList();
  }
}
