package org.jcachememcached;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jcachememcached.testing.Patience.await;
import static org.jcachememcached.testing.Patience.undisturbed;

import java.io.Serializable;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.cache.Cache;
import org.jcachememcached.api.ClearStrategy;
import org.jcachememcached.api.FailurePolicy;
import org.jcachememcached.api.KeyAffinity;
import org.jcachememcached.testing.MemcachedServer;
import org.jcachememcached.testing.RoundTripRelay;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Keys that belong together are on one of three servers, and found there by everything. */
class KeyAffinityIT {

  private static final int MANY = 100;

  private List<MemcachedServer> servers;
  private MemcachedCachingProvider provider;

  record Line(String affinity, String line) implements KeyAffinity, Serializable {}

  /** Keys that say where they belong, in all the ways there are. */
  enum Kind {
    OF_CLASS,
    HASHED,
    IN_BRACES,
    IN_UNREADABLE_BRACES;

    private Object key(int i) {
      return switch (this) {
        case OF_CLASS -> new Line("user42", "line " + i);
        case HASHED -> new Line("user42", "long ".repeat(100) + i);
        case IN_BRACES -> "cart:{user42}:" + i;
        case IN_UNREADABLE_BRACES -> "cart {user42} " + i;
      };
    }

    Map<Object, String> entries() {
      return IntStream.range(0, MANY).boxed().collect(Collectors.toMap(this::key, i -> "v" + i));
    }
  }

  @BeforeEach
  void startServers() {
    servers = Stream.generate(MemcachedServer::start).limit(3).toList();
    provider = new MemcachedCachingProvider();
  }

  @AfterEach
  void stopServers() {
    provider.close();
    servers.forEach(MemcachedServer::close);
  }

  private List<String> addresses() {
    return servers.stream().map(MemcachedServer::address).toList();
  }

  private Cache<Object, String> cache(List<String> addresses, String more, ClearStrategy clear) {
    URI uri =
        URI.create(
            "memcached://%s/?timeout=1m&key.affinity=braces%s"
                .formatted(String.join(",", addresses), more));
    return provider
        .getCacheManager(uri, null)
        .createCache(
            "carts",
            new MemcachedConfiguration<Object, String>()
                .setOnFailure(FailurePolicy.THROW)
                .setClear(clear));
  }

  @ParameterizedTest
  @EnumSource
  void getAllIsOneRequestToOneServer(Kind kind) {
    List<RoundTripRelay> relays =
        servers.stream().map(server -> new RoundTripRelay(server.socketAddress())).toList();
    try {
      Cache<Object, String> cache =
          cache(relays.stream().map(RoundTripRelay::address).toList(), "", ClearStrategy.SCAN);
      cache.putAll(kind.entries());
      cache.getAll(others().keySet());
      int before = roundTrips(relays);
      List<Long> gets = gets();

      assertThat(cache.getAll(kind.entries().keySet())).isEqualTo(kind.entries());

      assertThat(roundTrips(relays) - before).isEqualTo(1);
      assertThat(difference(gets(), gets)).containsExactlyInAnyOrder((long) MANY, 0L, 0L);
    } finally {
      relays.forEach(RoundTripRelay::close);
    }
  }

  @Test
  void keysWithoutAffinityAreSpread() {
    Cache<Object, String> cache = cache(addresses(), "", ClearStrategy.SCAN);
    List<Long> gets = gets();

    assertThat(cache.getAll(others().keySet())).isEmpty();

    assertThat(difference(gets(), gets)).allMatch(count -> count > MANY / 10);
  }

  @ParameterizedTest
  @EnumSource
  void cachesOfTheSameAffinityShareTheServer(Kind kind) {
    Cache<Object, String> cache = cache(addresses(), "", ClearStrategy.SCAN);
    cache.putAll(kind.entries());
    int home = counts("curr_items").indexOf((long) MANY);

    Cache<Object, String> other =
        provider
            .getCacheManager(URI.create("memcached://" + String.join(",", addresses())), null)
            .createCache("other", new MemcachedConfiguration<Object, String>());
    other.put(new Line("user42", "another class would do as well"), "v");

    assertThat(counts("curr_items").get(home)).isEqualTo(MANY + 1);
  }

  @ParameterizedTest
  @EnumSource
  void allIsFoundAndClearedByScan(Kind kind) {
    assertAllIsFoundAndCleared(kind, cache(addresses(), "", ClearStrategy.SCAN));

    assertThat(counts("curr_items")).containsOnly(0L);
  }

  @ParameterizedTest
  @EnumSource
  void allIsFoundAndClearedByGeneration(Kind kind) {
    assertAllIsFoundAndCleared(kind, cache(addresses(), "", ClearStrategy.GENERATION));
  }

  private static void assertAllIsFoundAndCleared(Kind kind, Cache<Object, String> cache) {
    cache.putAll(kind.entries());
    cache.putAll(others());

    assertThat(keysOf(cache))
        .containsExactlyInAnyOrderElementsOf(
            Stream.of(kind.entries(), others()).flatMap(map -> map.keySet().stream()).toList());
    kind.entries().keySet().forEach(key -> assertThat(cache.containsKey(key)).isTrue());
    cache.removeAll();
    assertThat(keysOf(cache)).isEmpty();
    cache.putAll(kind.entries());
    cache.clear();
    assertThat(keysOf(cache)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void allIsFoundDuringAMigration(Kind kind) {
    cache(addresses().subList(0, 2), "", ClearStrategy.SCAN).putAll(kind.entries());
    String from = "&fallback.servers=" + String.join("+", addresses().subList(0, 2));
    try (MemcachedServer one = MemcachedServer.start();
        MemcachedServer two = MemcachedServer.start();
        MemcachedServer three = MemcachedServer.start()) {
      List<MemcachedServer> cold = List.of(one, two, three);
      Cache<Object, String> cache =
          cache(cold.stream().map(MemcachedServer::address).toList(), from, ClearStrategy.SCAN);
      Object first = kind.entries().keySet().iterator().next();

      assertThat(cache.get(first)).isEqualTo(kind.entries().get(first));
      assertThat(keysOf(cache)).containsExactlyInAnyOrderElementsOf(kind.entries().keySet());
      assertThat(cold.stream().map(server -> count(server, "curr_items")))
          .containsExactlyInAnyOrder((long) MANY, 0L, 0L);
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatCouldNotBeWrittenIsRemovedLater(Kind kind) {
    undisturbed(() -> assertThatLostEntryIsRemoved(kind));
  }

  private void assertThatLostEntryIsRemoved(Kind kind) {
    provider.close();
    servers.forEach(server -> server.command("flush_all"));
    Cache<Object, String> cache =
        provider
            .getCacheManager(
                URI.create(
                    "memcached://%s/?timeout=500ms&key.affinity=braces"
                        .formatted(String.join(",", addresses()))),
                null)
            .createCache("carts", new MemcachedConfiguration<Object, String>());
    cache.putAll(kind.entries());
    MemcachedServer home =
        servers.stream().filter(server -> count(server, "curr_items") == MANY).findAny().get();
    Object key = kind.entries().keySet().iterator().next();
    home.suspend();
    try {
      cache.put(key, "lost");
    } finally {
      home.resume();
    }

    await().untilAsserted(() -> assertThat(count(home, "curr_items")).isEqualTo(MANY - 1));
    assertThat(cache.get(key)).isNull();
  }

  private static Map<Object, String> others() {
    return IntStream.range(0, MANY).boxed().collect(Collectors.toMap(i -> "k" + i, i -> "v"));
  }

  private static List<Object> keysOf(Cache<Object, String> cache) {
    List<Object> keys = new ArrayList<>();
    cache.forEach(entry -> keys.add(entry.getKey()));
    return keys;
  }

  private static int roundTrips(List<RoundTripRelay> relays) {
    return relays.stream().mapToInt(RoundTripRelay::roundTrips).sum();
  }

  private List<Long> gets() {
    return counts("cmd_get");
  }

  private List<Long> counts(String name) {
    return servers.stream().map(server -> count(server, name)).toList();
  }

  private static long count(MemcachedServer server, String name) {
    return Long.parseLong(server.stats().get(name));
  }

  private static List<Long> difference(List<Long> after, List<Long> before) {
    return IntStream.range(0, after.size()).mapToObj(i -> after.get(i) - before.get(i)).toList();
  }
}
