package org.jcachememcached.elasticache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.jcachememcached.testing.Patience.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import javax.cache.Cache;
import javax.cache.CacheException;
import org.jcachememcached.MemcachedCache;
import org.jcachememcached.api.NodeMXBean;
import org.jcachememcached.testing.MemcachedServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Servers that demand a certificate of their clients. */
@Timeout(value = 300, unit = TimeUnit.SECONDS)
class ClientCertificateIT {

  private static final Duration TIMEOUT = Duration.ofSeconds(20);

  /** Several attempts to connect. */
  private static final Duration WHILE = Duration.ofSeconds(5);

  /** How Linux writes the state of a socket that is closed already. */
  private static final String TIME_WAIT = "06";

  private static Path directory;
  private static SelfSigned certificate;
  private static SelfSigned client;

  private final TlsCaches caches = new TlsCaches();

  @BeforeAll
  static void makeCertificates(@TempDir Path forAllTests) throws Exception {
    directory = forAllTests;
    certificate = SelfSigned.of("ip:127.0.0.1", directory.resolve("server"));
    client = SelfSigned.of("dns:client.invalid", directory.resolve("client"));
  }

  @AfterEach
  void leavesNoThreadBehind() {
    caches.close();
  }

  @Test
  void isPresentedOnEveryConnection() throws Exception {
    try (TlsServer server = TlsServer.demanding(client, certificate)) {
      Cache<String, byte[]> cache =
          caches.open(server.address(), TIMEOUT, TlsCaches.presenting(client, certificate));
      for (int i = 0; i < 100; i++) {
        cache.put("key" + i, new byte[2]);
      }

      assertThat(cache.get("key7")).hasSize(2);
      // The scan has a connection of its own.
      assertThat(cache).hasSize(100);
      await().untilAsserted(() -> assertThat(node(cache).getOpenConnections()).isEqualTo(4));
    }
  }

  private static NodeMXBean node(Cache<?, ?> cache) {
    MemcachedCache<?, ?> unwrapped = cache.unwrap(MemcachedCache.class);
    return unwrapped.nodes().get(0);
  }

  @Test
  void isNotPresentedUnlessDemanded() throws Exception {
    try (TlsServer server = TlsServer.start(certificate)) {
      Cache<String, byte[]> cache =
          caches.open(server.address(), TIMEOUT, TlsCaches.presenting(client, certificate));
      cache.put("key", new byte[2]);

      assertThat(cache.get("key")).hasSize(2);
    }
  }

  @Test
  void isDemanded() throws Exception {
    assertRefused(TlsCaches.trusting(certificate));
  }

  @Test
  void mustBeOneThatTheServerTrusts() throws Exception {
    SelfSigned other = SelfSigned.of("dns:client.invalid", directory.resolve("other"));
    assertRefused(TlsCaches.presenting(other, certificate));
  }

  private void assertRefused(Properties settings) throws Exception {
    try (TlsServer server = TlsServer.demanding(client, certificate)) {
      Cache<String, byte[]> cache = caches.open(server.address(), TIMEOUT, settings);
      long begun = System.nanoTime();
      do {
        assertRefused(cache, c -> c.get("key"));
        assertRefused(cache, c -> c.iterator().hasNext());
        assertThat(node(cache).getState()).isEqualTo("DOWN");
        assertThat(connectionsTo(server)).isLessThanOrEqualTo(2);
      } while (System.nanoTime() - begun < WHILE.toNanos());
      caches.close();

      await().untilAsserted(() -> assertThat(connectionsTo(server)).isZero());
    }
  }

  private static void assertRefused(
      Cache<String, byte[]> cache, Function<Cache<String, byte[]>, Object> call) {
    assertThatThrownBy(() -> call.apply(cache))
        .isInstanceOf(CacheException.class)
        .hasMessageContaining("or demands another certificate of the client")
        .hasMessageContaining("'tls.keystore.file'");
  }

  /** How many sockets of this machine are connected to the server, whoever closes them first. */
  private static long connectionsTo(TlsServer server) throws IOException {
    String remote = ":%04X".formatted(server.port());
    List<String> lines = new ArrayList<>(Files.readAllLines(Path.of("/proc/net/tcp")));
    lines.addAll(Files.readAllLines(Path.of("/proc/net/tcp6")));
    return lines.stream()
        .map(line -> line.trim().split(" +", -1))
        .filter(columns -> columns[2].endsWith(remote) && !columns[3].equals(TIME_WAIT))
        .count();
  }

  @Test
  void aKeystoreMustBeUsable() {
    Properties wrongPassword = TlsCaches.presenting(client, certificate);
    wrongPassword.setProperty("memcached.tls.keystore.password", "wrong");
    assertUnusable(wrongPassword, "the password is wrong");

    Properties noKey = TlsCaches.presenting(client, certificate);
    noKey.setProperty("memcached.tls.keystore.file", client.truststoreFile().toString());
    assertUnusable(noKey, "it contains no private key");
  }

  private static void assertUnusable(Properties settings, String why) {
    try (TlsCaches caches = new TlsCaches()) {
      Cache<String, byte[]> cache =
          caches.open("127.0.0.1:" + MemcachedServer.freePort(), TIMEOUT, settings);

      assertThatThrownBy(() -> cache.get("key"))
          .isInstanceOf(CacheException.class)
          .hasMessageContaining(why)
          .hasMessageContaining("(setting 'tls.keystore.file')");
    }
  }
}
