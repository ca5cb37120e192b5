package org.jcachememcached.internal.expiry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.jcachememcached.testing.Patience.await;
import static org.jcachememcached.testing.Patience.undisturbed;

import java.net.URI;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import javax.cache.Cache;
import javax.cache.CacheManager;
import org.jcachememcached.MemcachedCachingProvider;
import org.jcachememcached.MemcachedConfiguration;
import org.jcachememcached.testing.MemcachedServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Deadlines that a real server keeps, whose clock ticks once a second. */
class AccessAtServerIT {

  private static final int LIFETIME_SECONDS = 3;

  /** How much later than asked for an entry may expire, in seconds. */
  private static final int DELAY_SECONDS = 2;

  private static MemcachedServer server;

  private MemcachedCachingProvider provider;

  @BeforeAll
  static void startServer() {
    server = MemcachedServer.start();
  }

  @AfterAll
  static void stopServer() {
    server.close();
  }

  @BeforeEach
  void createProvider() {
    provider = new MemcachedCachingProvider();
  }

  @AfterEach
  void closeProvider() {
    provider.close();
    server.command("flush_all");
  }

  @Test
  void entryLivesWhileItIsReadAndNotMuchLonger() throws InterruptedException {
    Cache<String, String> cache = open("one", "server", LIFETIME_SECONDS + " s");
    assertLives(cache, () -> cache.get("k"));
  }

  /** For twice its lifetime while it is read each second, and not much longer. */
  private static void assertLives(Cache<String, String> cache, Supplier<String> read)
      throws InterruptedException {
    undisturbed(
        () -> {
          cache.put("k", "v");
          for (int i = 0; i < 2 * LIFETIME_SECONDS; i++) {
            TimeUnit.SECONDS.sleep(1);
            assertThat(read.get()).isEqualTo("v");
          }
          assertExpires(cache);
        });
  }

  @Test
  void iteratorReadsTooUntilTheEnd() throws InterruptedException {
    Cache<String, String> cache = open("one", "server", LIFETIME_SECONDS + " s");
    assertLives(cache, () -> cache.iterator().next().getValue());
  }

  /** An update of an entry that expires by access does not put off its end, however often. */
  @Test
  void updatesKeepTheEnd() {
    Cache<String, String> cache = open("one", "server", LIFETIME_SECONDS + " s");
    long begun = System.nanoTime();
    cache.put("k", "v");

    await().pollInterval(Duration.ofMillis(100)).until(() -> !cache.replace("k", "again"));

    assertThat(secondsSince(begun)).isGreaterThan(LIFETIME_SECONDS - 1);
  }

  @Test
  void clientsOfBothSettingsReadOfEachOther() {
    Cache<String, String> server = open("one", "auto", "10 minutes");
    Cache<String, String> exact = open("two", "exact", "10 minutes");

    server.put("k", "server");
    assertThat(secondsLeft()).isCloseTo(600, within(10L));
    assertThat(exact.get("k")).isEqualTo("server");
    assertThat(server.getAll(Set.of("k"))).containsEntry("k", "server");
    assertThat(secondsLeft()).isCloseTo(600, within(10L));
    exact.put("k", "exact");
    assertThat(secondsLeft()).isCloseTo(600, within(10L));
    assertThat(server.get("k")).isEqualTo("exact");
    assertThat(exact.get("k")).isEqualTo("exact");
    assertThat(secondsLeft()).isCloseTo(600, within(10L));
  }

  private static void assertExpires(Cache<String, String> cache) {
    long lastRead = System.nanoTime();
    await().pollInterval(Duration.ofMillis(50)).until(() -> !cache.containsKey("k"));
    // A poll may be late, and the read was a little earlier.
    assertThat(secondsSince(lastRead))
        .isBetween(LIFETIME_SECONDS - 0.2, LIFETIME_SECONDS + DELAY_SECONDS + 1.0);
  }

  private static double secondsSince(long nanos) {
    return (System.nanoTime() - nanos) / 1e9;
  }

  private static long secondsLeft() {
    String line = server.command("mg test:sessions:s.k t").strip();
    assertThat(line).startsWith("HD t");
    return Long.parseLong(line.substring(4));
  }

  /** The cache as one of several clients sees it. */
  private Cache<String, String> open(String client, String accessExpiry, String duration) {
    CacheManager manager =
        provider.getCacheManager(
            URI.create("memcached://" + server.address() + "/test;timeout:5s;client:" + client),
            null);
    return manager.createCache(
        "sessions",
        new MemcachedConfiguration<String, String>()
            .setTypes(String.class, String.class)
            .setExpiry("accessed " + duration)
            .set("access.expiry", accessExpiry));
  }
}
