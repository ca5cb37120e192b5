package org.jcachememcached;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.lang.management.ManagementFactory;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.integration.CompletionListenerFuture;
import javax.management.ObjectName;
import org.jcachememcached.testing.MemcachedServer;
import org.jcachememcached.testing.RecordingLoader;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Values above the item size of real servers, through everything that stands before them. */
class TooLargeValuesIT {

  private static final String LARGE = "x".repeat(2 << 20);

  private static MemcachedServer server;
  private static MemcachedServer oldServer;

  private final MemcachedCachingProvider provider = new MemcachedCachingProvider();

  @BeforeAll
  static void startServers() {
    server = MemcachedServer.start();
    oldServer = MemcachedServer.start("-I", "4m");
  }

  @AfterAll
  static void stopServers() {
    server.close();
    oldServer.close();
  }

  @AfterEach
  void closeProvider() {
    provider.close();
  }

  private Cache<String, String> open(
      String parameters, MutableConfiguration<String, String> configuration) {
    server.command("flush_all");
    oldServer.command("flush_all");
    return provider
        .getCacheManager(
            URI.create("memcached://" + server.address() + "/?timeout=5s" + parameters), null)
        .createCache("large", configuration.setStatisticsEnabled(true));
  }

  @SuppressWarnings("unchecked")
  private MemcachedCache<String, String> openUnwrapped(String parameters) {
    return open(parameters, configuration().setTypes(String.class, String.class))
        .unwrap(MemcachedCache.class);
  }

  private static MutableConfiguration<String, String> configuration() {
    return new MutableConfiguration<>();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "&clear=generation",
        "&fallback.servers=OLD",
        "&fallback.servers=OLD&fallback.writes=both",
        "&max.bytes=1MiB",
        "&codec=string&format=python"
      })
  void areLeftUncachedBehindEverything(String parameters) throws Exception {
    Cache<String, String> cache =
        open(
            parameters.replace("OLD", oldServer.address()),
            configuration().setTypes(String.class, String.class));

    cache.put("k", "old");
    cache.put("k", LARGE);
    assertThat(cache.get("k")).isNull();

    cache.put("k", "old");
    assertThat(cache.getAndPut("k", LARGE)).isEqualTo("old");
    assertThat(cache.putIfAbsent("k", LARGE)).isTrue();
    assertThat(cache.containsKey("k")).isFalse();

    cache.put("k", "old");
    assertThat(cache.replace("k", LARGE)).isTrue();
    assertThat(cache.replace("k", LARGE)).isFalse();

    cache.put("k", "old");
    String result =
        cache.invoke(
            "k",
            (entry, arguments) -> {
              entry.setValue(LARGE);
              return "set";
            });
    assertThat(result).isEqualTo("set");

    cache.putAll(Map.of("a", "1", "k", LARGE, "b", "2"));
    assertThat(cache.getAll(Set.of("a", "b", "k"))).isEqualTo(Map.of("a", "1", "b", "2"));
    assertThat(cache).hasSize(2);
    assertThat(counted("TooLargeValues")).isEqualTo(6);
  }

  private long counted(String attribute) throws Exception {
    ObjectName pattern = new ObjectName("javax.cache:type=CacheStatistics,Cache=large,*");
    var platform = ManagementFactory.getPlatformMBeanServer();
    return (Long)
        platform.getAttribute(platform.queryNames(pattern, null).iterator().next(), attribute);
  }

  @ParameterizedTest
  @ValueSource(strings = {"degrade", "throw"})
  void areReturnedToTheCallerThatLoadsThem(String policy) throws Exception {
    RecordingLoader loader = new RecordingLoader(key -> key.equals("k") ? LARGE : "small");
    Cache<String, String> cache = open("&on.failure=" + policy, loader.configuration());

    assertThat(cache.get("k")).isEqualTo(LARGE);
    assertThat(cache.getAll(Set.of("a", "k", "b"))).hasSize(3).containsEntry("k", LARGE);
    assertThat(cache.containsKey("a")).isTrue();

    cache.put("k", "old");
    CompletionListenerFuture done = new CompletionListenerFuture();
    cache.loadAll(Set.of("k", "c", "d"), true, done);
    if (policy.equals("degrade")) {
      done.get();
    } else {
      assertThatExceptionOfType(Exception.class)
          .isThrownBy(done::get)
          .withCauseInstanceOf(CacheException.class)
          .withMessageContaining("takes at most 1048576 (its option -I)");
    }

    assertThat(cache.containsKey("k")).isFalse();
    assertThat(cache.containsKey("c")).isTrue();
    assertThat(cache.containsKey("d")).isTrue();
  }

  /** The server says of a whole that is too large what it says of no entry. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "&codec=string&on.failure=degrade",
        "&codec=string&on.failure=throw",
        "&codec=string&format=python",
        "",
        "&clear=generation"
      })
  void leaveTheEntryToWhichTheyWouldBeAppended(String parameters) {
    MemcachedCache<String, String> cache = openUnwrapped(parameters);
    String value = "a".repeat(1_000_000);
    cache.put("k", value);

    for (String suffix : List.of("b".repeat(60_000), LARGE)) {
      assertThatExceptionOfType(CacheException.class)
          .isThrownBy(() -> cache.append("k", suffix))
          .withMessageContaining("the item '")
          .withMessageContaining("takes at most 1048576 (its option -I)");
      assertThatExceptionOfType(CacheException.class).isThrownBy(() -> cache.prepend("k", suffix));
      assertThat(cache.get("k")).isEqualTo(value);
    }
    assertThat(cache.append("absent", "b".repeat(60_000))).isFalse();
    assertThat(cache.append("k", "b")).isTrue();
  }

  @Test
  void leaveTheLargestEntryThatThereCanBe() {
    MemcachedCache<String, String> cache = openUnwrapped("&codec=string");
    cache.put("k", "a".repeat(1_048_000));
    int appended = 0;
    try {
      while (appended < 1_000) {
        assertThat(cache.append("k", "b")).isTrue();
        appended++;
      }
    } catch (CacheException full) {
      assertThat(full).hasMessageContaining("takes at most 1048576 (its option -I)");
    }

    assertThat(appended).isBetween(1, 999);
    assertThat(cache.get("k")).hasSize(1_048_000 + appended);
  }

  @Test
  void areAsLargeAsTheirKeysMakeThem() {
    Cache<String, String> cache = open("", configuration());
    String key = "long key".repeat(1 << 17);

    cache.put(key, "small");

    assertThat(cache.get(key)).isNull();
    assertThat(cache.putIfAbsent(key, "small")).isTrue();
  }

  @Test
  void leaveNoOlderValueWhereAServerHasNoMemoryForThem() {
    try (MemcachedServer small = MemcachedServer.start("-m", "8", "-I", "4m")) {
      Cache<String, byte[]> cache =
          provider
              .getCacheManager(URI.create("memcached://" + small.address() + "/?timeout=5s"), null)
              .createCache("small", new MutableConfiguration<String, byte[]>());
      for (int size : new int[] {1 << 20, 2 << 20, 3 << 20, (4 << 20) - 500, 4 << 20, 5 << 20}) {
        byte[] value = new byte[size];
        Arrays.fill(value, (byte) 1);
        cache.put("k", new byte[] {2});

        cache.put("k", value);

        assertThat(cache.get("k")).isIn(null, value);
      }
    }
  }
}
