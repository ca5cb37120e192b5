package org.jcachememcached;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jcachememcached.testing.Patience.await;

import java.net.URI;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.configuration.MutableConfiguration;
import org.jcachememcached.testing.FaultyProxy;
import org.jcachememcached.testing.MemcachedServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Threads of two managers change one key of a real server at random; nothing is lost. */
class HotKeyIT {

  private static final int CUTS = 4;

  private static MemcachedServer server;

  private final MemcachedCachingProvider one = new MemcachedCachingProvider();
  private final MemcachedCachingProvider two = new MemcachedCachingProvider();

  @BeforeAll
  static void startServer() {
    server = MemcachedServer.start();
  }

  @AfterAll
  static void stopServer() {
    server.close();
  }

  @AfterEach
  void close() {
    one.close();
    two.close();
  }

  private static Cache<String, String> open(MemcachedCachingProvider provider, String address) {
    return provider
        .getCacheManager(
            URI.create("memcached://" + address + "/hot?timeout=10s&cas.attempts=1000"), null)
        .createCache("c", new MutableConfiguration<String, String>());
  }

  @Test
  void processors() {
    verify(HotKey.Play.PROCESSORS);
  }

  @Test
  void otherChanges() {
    verify(HotKey.Play.CHANGES);
  }

  private void verify(HotKey.Play play) {
    Cache<String, String> cache = open(one, server.address());
    Cache<String, String> rival = open(two, server.address());
    cache.clear();

    HotKey played = HotKey.play(List.of(cache, rival), play);

    played.verifyTotal(cache);
    assertThat(played.unknown()).isZero();
    assertThat(played.failures()).isZero();
  }

  @Test
  void brokenConnections() {
    try (FaultyProxy proxy = FaultyProxy.to(server.socketAddress())) {
      Cache<String, String> cache = open(one, proxy.address());
      Cache<String, String> rival = open(two, server.address());
      for (int cuts = 0; cuts < CUTS; cuts++) {
        rival.clear();
        awaitConnection(cache);
        proxy.cutAfter(ThreadLocalRandom.current().nextInt(1, 30_000));

        HotKey played = HotKey.play(List.of(cache, rival));

        played.verifyTotal(rival);
      }
      assertThat(proxy.cuts()).isPositive();
    }
  }

  private static void awaitConnection(Cache<String, String> cache) {
    await()
        .ignoreExceptionsInstanceOf(CacheException.class)
        .until(() -> cache.getAndPut("other", "value") != null);
  }
}
