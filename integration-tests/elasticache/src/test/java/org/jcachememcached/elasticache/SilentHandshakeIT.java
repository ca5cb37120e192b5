package org.jcachememcached.elasticache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.jcachememcached.testing.Patience.await;
import static org.jcachememcached.testing.Patience.undisturbed;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import javax.cache.Cache;
import javax.cache.CacheException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A server that accepts connections and never answers the TLS handshake, beside a healthy one. */
@Timeout(value = 300, unit = TimeUnit.SECONDS)
class SilentHandshakeIT {

  private static final Duration TIMEOUT = Duration.ofSeconds(2);
  private static final Duration HANDSHAKE = Duration.ofMinutes(1);
  private static final Duration MEASURED = Duration.ofSeconds(8);

  private static SelfSigned certificate;

  private final TlsCaches caches = new TlsCaches();

  @BeforeAll
  static void makeCertificate(@TempDir Path directory) throws Exception {
    certificate = SelfSigned.of("ip:127.0.0.1", directory.resolve("trusted"));
  }

  @AfterEach
  void leavesNoThreadBehind() {
    caches.close();
  }

  @Test
  void delaysNoCallsToOtherServers() throws Exception {
    undisturbed(this::assertThatItDelaysNoCalls);
  }

  private void assertThatItDelaysNoCalls() throws Exception {
    try (TlsServer healthy = TlsServer.start(certificate);
        SilentServer silent = SilentServer.start()) {
      Cache<String, byte[]> cache =
          caches.open(
              healthy.address() + "," + silent.address(), TIMEOUT, TlsCaches.trusting(certificate));
      List<String> keys = keysOfHealthyServer(cache);
      int connectionsBefore = silent.connections();
      long longest = 0;
      long begun = System.nanoTime();
      while (System.nanoTime() - begun < MEASURED.toNanos()) {
        for (String key : keys) {
          long call = System.nanoTime();
          cache.get(key);
          longest = Math.max(longest, System.nanoTime() - call);
        }
      }

      assertThat(silent.connections()).isGreaterThan(connectionsBefore);
      assertThat(Duration.ofNanos(longest)).isLessThan(TIMEOUT.dividedBy(2));
    }
  }

  /** Those of 40 keys that the healthy server keeps, when it has been found to be healthy. */
  private static List<String> keysOfHealthyServer(Cache<String, byte[]> cache) {
    return await()
        .until(
            () ->
                IntStream.range(0, 40)
                    .mapToObj(i -> "key" + i)
                    .filter(key -> isStored(cache, key))
                    .toList(),
            stored -> stored.size() > 5);
  }

  private static boolean isStored(Cache<String, byte[]> cache, String key) {
    try {
      cache.put(key, new byte[1]);
      return true;
    } catch (CacheException silent) {
      return false;
    }
  }

  @Test
  void isDownAndSaysWhy() throws Exception {
    try (SilentServer silent = SilentServer.start()) {
      Cache<String, byte[]> cache =
          caches.open(silent.address(), Duration.ofMillis(500), TlsCaches.trusting(certificate));

      await()
          .untilAsserted(
              () ->
                  assertThatThrownBy(() -> cache.get("key"))
                      .isInstanceOf(CacheException.class)
                      .hasMessageContaining("TLS"));
    }
  }

  @Test
  void isForgottenWhenTheProviderIsClosed() throws Exception {
    try (SilentServer silent = SilentServer.start()) {
      Cache<String, byte[]> cache =
          caches.open(silent.address(), HANDSHAKE, TlsCaches.trusting(certificate));
      CompletableFuture<Void> call =
          CompletableFuture.runAsync(
              () ->
                  assertThatThrownBy(() -> cache.get("key"))
                      .isInstanceOfAny(CacheException.class, IllegalStateException.class));
      await().until(() -> silent.connections() > 0);
      long begun = System.nanoTime();
      caches.close();

      assertThat(call).succeedsWithin(HANDSHAKE.dividedBy(2));
      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(HANDSHAKE.dividedBy(2));
    }
  }
}
