package org.jcachememcached;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.jcachememcached.testing.Patience.await;
import static org.jcachememcached.testing.Patience.undisturbed;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.CacheManager;
import javax.cache.configuration.MutableConfiguration;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jcachememcached.testing.MemcachedServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Servers that are absent, late, stopped, or hanging: no call waits longer than the timeout. */
class NoServerIT {

  /** What the setting says by default. */
  private static final int CONNECTIONS = 4;

  private static final Duration TIMEOUT = Duration.ofMillis(500);

  /** Where no call is to time out. */
  private static final Duration LONG_TIMEOUT = Duration.ofSeconds(10);

  /** What a test must not take for a hang when the machine is busy. */
  private static final Duration SLACK = Duration.ofMillis(500);

  private final MemcachedCachingProvider provider = new MemcachedCachingProvider();

  @AfterEach
  void leavesNothingBehind() {
    provider.close();
    await().untilAsserted(() -> assertThat(ourThreads()).isEmpty());
  }

  private static List<String> ourThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.startsWith("jcache-memcached") || name.startsWith("Memcached IO"))
        .toList();
  }

  @Test
  void nothingIsWaitedForBeforeTheFirstOperation() {
    String unusedAddress = "127.0.0.1:" + MemcachedServer.freePort();
    undisturbed(
        () -> {
          provider.close();
          assertThat(took(() -> cacheAt(unusedAddress).getName()))
              .isLessThan(Duration.ofSeconds(1));
        });
  }

  @Test
  void anOperationWithoutServerNamesTheServerAndTheSetting() {
    String unusedAddress = "127.0.0.1:" + MemcachedServer.freePort();
    Cache<String, String> cache = cacheAt(unusedAddress);
    for (ThrowingCallable operation : operationsOn(cache)) {
      undisturbed(
          () ->
              assertFailsInTime(
                  operation, unusedAddress, "cannot be reached", "setting 'servers'"));
    }
  }

  @Test
  void anUnknownHostIsNamed() {
    Cache<String, String> cache = cacheAt("no-such-host.invalid:11211");
    undisturbed(() -> assertFailsInTime(() -> cache.get("k"), "no-such-host.invalid"));
  }

  @Test
  void aServerThatNeverAnswersCostsTheTimeout() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      String address = "127.0.0.1:" + silent.getLocalPort();
      Cache<String, String> cache = cacheAt(address);
      for (ThrowingCallable operation : operationsOn(cache)) {
        undisturbed(() -> assertFailsInTime(operation, address, "setting"));
      }
    }
  }

  private static List<ThrowingCallable> operationsOn(Cache<String, String> cache) {
    return List.of(
        () -> cache.get("k"),
        () -> cache.put("k", "v"),
        () -> cache.putIfAbsent("k", "v"),
        () -> cache.getAll(Set.of("a", "b", "c")),
        () -> cache.invoke("k", (entry, arguments) -> entry.getValue()),
        cache::clear);
  }

  @Test
  void aCacheBeginsToWorkWhenItsServerComes() {
    int port = MemcachedServer.freePort();
    Cache<String, String> cache = cacheAt("127.0.0.1:" + port);
    assertThatThrownBy(() -> cache.get("k")).isInstanceOf(CacheException.class);
    try (MemcachedServer late = MemcachedServer.startOn(port)) {
      awaitWorking(cache);
      assertThat(count(late, "curr_items")).isEqualTo(1);
    }
  }

  @Test
  void aCacheGoesOnAfterItsServerWasKilledAndStartedAgain() {
    try (MemcachedServer server = MemcachedServer.start()) {
      Cache<String, String> cache = cacheAt(server.address());
      awaitWorking(cache);
      server.kill();
      undisturbed(() -> assertFailsInTime(() -> cache.get("k"), server.address()));
      server.restart();
      awaitWorking(cache);
    }
  }

  @Test
  void aHungServerCostsTheTimeoutAndIsUsedAgainAfterwards() {
    undisturbed(this::assertThatHungServerCostsTheTimeout);
  }

  private void assertThatHungServerCostsTheTimeout() {
    try (MemcachedServer server = MemcachedServer.start()) {
      Cache<String, String> cache = cacheAt(server.address());
      awaitWorking(cache);
      server.suspend();
      try {
        assertFailsInTime(() -> cache.get("k"), server.address(), "500 ms", "setting 'timeout'");
        assertFailsInTime(() -> cache.put("k", "lost"), server.address(), "500 ms");
      } finally {
        server.resume();
      }
      awaitWorking(cache);
    }
  }

  @Test
  void noScanWaitsForAHungServer() {
    undisturbed(this::assertThatNoScanWaits);
  }

  private void assertThatNoScanWaits() {
    try (MemcachedServer server = MemcachedServer.start()) {
      Cache<String, String> cache = cacheAt(server.address());
      awaitWorking(cache);
      server.suspend();
      try {
        String[] messageParts = {server.address(), "500 ms", "setting 'timeout'"};
        assertFailsInTime(cache::clear, messageParts);
        assertFailsInTime(() -> cache.iterator().hasNext(), messageParts);
        assertFailsInTime(() -> cache.getCacheManager().destroyCache("c"), messageParts);
      } finally {
        server.resume();
      }
    }
  }

  @Test
  void closingWithAHungServerIsQuick() {
    undisturbed(this::assertThatClosingIsQuick);
  }

  private void assertThatClosingIsQuick() {
    try (MemcachedServer server = MemcachedServer.start()) {
      Cache<String, String> cache = cacheAt(server.address());
      awaitWorking(cache);
      server.suspend();
      try {
        assertThatThrownBy(() -> cache.get("k")).isInstanceOf(CacheException.class);
        assertThat(cache.iterator()).as("an iteration that has only begun").isNotNull();
        assertThat(took(provider::close)).isLessThan(TIMEOUT.plus(SLACK));
        assertThat(cache.isClosed()).isTrue();
      } finally {
        server.resume();
      }
    }
  }

  @Test
  void hundredsOfManagersLeaveNoConnection() {
    try (MemcachedServer server = MemcachedServer.start()) {
      for (int i = 0; i < 300; i++) {
        cacheAt(server.address(), LONG_TIMEOUT).put("k", "v" + i);
        provider.close();
      }
      awaitConnections(server, 0);
      assertThat(count(server, "total_connections")).isGreaterThan(300);
    }
  }

  @Test
  void hundredsOfManagersAtOnceShareOneClient() {
    try (MemcachedServer server = MemcachedServer.start()) {
      for (int i = 0; i < 300; i++) {
        manager("memcached://" + server.address() + "/application" + i)
            .createCache("c", new MutableConfiguration<String, String>())
            .put("k", "v");
      }
      awaitConnections(server, CONNECTIONS);
      provider.close();
      awaitConnections(server, 0);
    }
  }

  private Cache<String, String> cacheAt(String address) {
    return cacheAt(address, TIMEOUT);
  }

  private Cache<String, String> cacheAt(String address, Duration timeout) {
    return manager(
            "memcached://" + address + "/?timeout=" + timeout.toMillis() + "ms&on.failure=throw")
        .createCache("c", new MutableConfiguration<String, String>());
  }

  private CacheManager manager(String uri) {
    return provider.getCacheManager(URI.create(uri), null);
  }

  private static void awaitWorking(Cache<String, String> cache) {
    await()
        .ignoreExceptionsInstanceOf(CacheException.class)
        .untilAsserted(
            () -> {
              cache.put("k", "after");
              assertThat(cache.get("k")).isEqualTo("after");
            });
  }

  private static void assertFailsInTime(ThrowingCallable operation, String... messageParts) {
    Duration took =
        took(
            () ->
                assertThatThrownBy(operation)
                    .isInstanceOf(CacheException.class)
                    .message()
                    .contains(messageParts));
    assertThat(took).isLessThan(TIMEOUT.plusMillis(100).plus(SLACK));
  }

  private static Duration took(Runnable work) {
    long start = System.nanoTime();
    work.run();
    return Duration.ofNanos(System.nanoTime() - start);
  }

  /** The one that asks for the statistics is not counted. */
  private static void awaitConnections(MemcachedServer server, long number) {
    await()
        .untilAsserted(() -> assertThat(count(server, "curr_connections") - 1).isEqualTo(number));
  }

  private static long count(MemcachedServer server, String name) {
    return Long.parseLong(server.stats().get(name));
  }
}
