package org.jcachememcached.elasticache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.jcachememcached.testing.Patience.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.cache.Cache;
import javax.cache.CacheException;
import org.jcachememcached.testing.MemcachedServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Caches on servers that speak nothing but TLS. */
@Timeout(value = 300, unit = TimeUnit.SECONDS)
class TlsIT {

  private static final Duration TIMEOUT = Duration.ofSeconds(20);

  private static Path directory;
  private static SelfSigned certificate;

  private final TlsCaches caches = new TlsCaches();

  @BeforeAll
  static void makeCertificate(@TempDir Path forAllTests) throws Exception {
    directory = forAllTests;
    certificate = SelfSigned.of("ip:127.0.0.1", directory.resolve("trusted"));
  }

  @AfterEach
  void leavesNoThreadBehind() {
    caches.close();
  }

  @Test
  void everydayOperations() throws Exception {
    try (TlsServer one = TlsServer.start(certificate);
        TlsServer two = TlsServer.start(certificate)) {
      Cache<String, byte[]> cache = cacheAt(one.address() + "," + two.address(), certificate);
      Map<String, byte[]> entries =
          IntStream.range(0, 1000)
              .boxed()
              .collect(Collectors.toMap(i -> "key" + i, i -> new byte[] {1, 2, 3}));
      cache.putAll(entries);

      assertThat(cache.getAll(entries.keySet())).hasSize(1000);
      assertThat(cache).hasSize(1000);
      assertThat(cache.getAndRemove("key1")).containsExactly(1, 2, 3);
      assertThat(cache.putIfAbsent("key1", new byte[0])).isTrue();
      Object length = cache.invoke("key2", (entry, arguments) -> entry.getValue().length);
      assertThat(length).isEqualTo(3);
      cache.clear();
      assertThat(cache).isEmpty();
    }
  }

  /** Many records of TLS each way, and both buffers full. */
  @Test
  void valuesOfManyRecords() throws Exception {
    try (TlsServer server = TlsServer.start(certificate)) {
      Cache<String, byte[]> cache = cacheAt(server.address(), certificate);
      Map<String, byte[]> entries =
          IntStream.range(0, 30)
              .boxed()
              .collect(Collectors.toMap(i -> "key" + i, TlsIT::largeValue));
      cache.putAll(entries);

      assertThat(cache.getAll(entries.keySet()))
          .allSatisfy((key, value) -> assertThat(value).isEqualTo(entries.get(key)))
          .hasSize(30);
    }
  }

  private static byte[] largeValue(int seed) {
    byte[] value = new byte[900_000];
    Arrays.fill(value, (byte) seed);
    return value;
  }

  @Test
  void manyThreadsGetTheirOwnValues() throws Exception {
    try (TlsServer server = TlsServer.start(certificate)) {
      Cache<String, byte[]> cache = cacheAt(server.address(), certificate);
      IntStream.range(0, 2000)
          .parallel()
          .forEach(
              i -> {
                byte[] value = new byte[] {(byte) i, (byte) (i >> 8)};
                cache.put("key" + i, value);
                assertThat(cache.get("key" + i)).isEqualTo(value);
              });
    }
  }

  @Test
  void goesOnAfterTheServerWasStartedAgain() throws Exception {
    try (TlsServer server = TlsServer.start(certificate)) {
      Cache<String, byte[]> cache = cacheAt(server.address(), certificate);
      cache.put("key", new byte[1]);
      server.restart();

      await()
          .ignoreExceptionsInstanceOf(CacheException.class)
          .untilAsserted(
              () -> {
                cache.put("key", new byte[2]);
                assertThat(cache.get("key")).hasSize(2);
                assertThat(cache).hasSize(1);
              });
    }
  }

  @Test
  void aCertificateMustBeTrusted() throws Exception {
    SelfSigned other = SelfSigned.of("ip:127.0.0.1", directory.resolve("untrusted"));
    try (TlsServer server = TlsServer.start(other)) {
      assertRefused(cacheAt(server.address(), certificate));
    }
  }

  @Test
  void aCertificateMustBeForTheServersName() throws Exception {
    SelfSigned other = SelfSigned.of("dns:elsewhere.invalid", directory.resolve("elsewhere"));
    try (TlsServer server = TlsServer.start(other)) {
      assertRefused(cacheAt(server.address(), other));
    }
  }

  @Test
  void aServerMustHaveTls() {
    try (MemcachedServer server = MemcachedServer.start()) {
      assertRefused(cacheAt(server.address(), certificate));
    }
  }

  private static void assertRefused(Cache<String, byte[]> cache) {
    List<Function<Cache<String, byte[]>, Object>> calls =
        List.of(c -> c.get("key"), c -> c.iterator().hasNext());
    for (Function<Cache<String, byte[]>, Object> call : calls) {
      assertThatThrownBy(() -> call.apply(cache))
          .isInstanceOf(CacheException.class)
          .hasMessageContaining("it has no TLS, or not the certificate of a trusted server");
    }
  }

  @Test
  void aTruststoreMustBeReadable() {
    Properties settings = TlsCaches.trusting(certificate);
    settings.setProperty("memcached.tls.truststore.file", "nowhere.p12");
    Cache<String, byte[]> cache = caches.open("127.0.0.1", TIMEOUT, settings);

    assertThatThrownBy(() -> cache.get("key"))
        .isInstanceOf(CacheException.class)
        .hasMessageContaining("nowhere.p12")
        .hasMessageContaining("tls.truststore.file");
  }

  private Cache<String, byte[]> cacheAt(String servers, SelfSigned trusted) {
    return caches.open(servers, TIMEOUT, TlsCaches.trusting(trusted));
  }
}
