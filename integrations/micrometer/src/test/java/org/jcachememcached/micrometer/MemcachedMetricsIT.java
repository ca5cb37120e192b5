package org.jcachememcached.micrometer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jcachememcached.testing.Patience.await;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.opentelemetry.semconv.ServerAttributes;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import javax.cache.Cache;
import javax.cache.CacheManager;
import org.jcachememcached.MemcachedCachingProvider;
import org.jcachememcached.MemcachedConfiguration;
import org.jcachememcached.testing.MemcachedServer;
import org.jcachememcached.testing.RoundTripRelay;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What Prometheus scrapes of caches on real servers. */
@Timeout(120)
class MemcachedMetricsIT {

  private final MemcachedServer server = MemcachedServer.start();
  private final MemcachedCachingProvider provider = new MemcachedCachingProvider();
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

  @AfterEach
  void close() {
    provider.close();
    server.close();
  }

  private CacheManager bound(String address) {
    CacheManager manager =
        provider.getCacheManager(URI.create("memcached://" + address + "/shop?timeout=10s"), null);
    new MemcachedMetrics(manager).bindTo(registry);
    return manager;
  }

  private static MemcachedConfiguration<String, String> counting() {
    return new MemcachedConfiguration<String, String>().setStatisticsEnabled(true);
  }

  private List<String> scrape() {
    return registry.scrape().lines().toList();
  }

  @Test
  void showsCachesAndNodes() {
    CacheManager manager = bound(server.address());
    Cache<String, String> users = manager.createCache("users", counting());
    scrape();
    users.put("ada", "Lovelace");
    users.get("ada");
    users.get("alan");

    String node = "node=\"" + server.address() + "\"";
    await()
        .untilAsserted(
            () ->
                assertThat(scrape())
                    .contains(
                        "memcached_caches 1.0",
                        "cache_gets_total{cache=\"users\",result=\"hit\"} 1.0",
                        "cache_gets_total{cache=\"users\",result=\"miss\"} 1.0",
                        "cache_puts_total{cache=\"users\"} 1.0",
                        "memcached_cache_lease_waits_seconds_count{cache=\"users\"} 0",
                        "memcached_node_state{" + node + ",state=\"ready\"} 1.0",
                        "memcached_node_state{" + node + ",state=\"down\"} 0.0",
                        "memcached_node_timeouts_total{" + node + "} 0.0",
                        "memcached_server_items{" + node + "} 1.0",
                        "memcached_server_memory_max_bytes{" + node + "} 6.7108864E7",
                        "memcached_server_evictions_total{" + node + "} 0.0"));

    manager.destroyCache("users");
    scrape();
    assertThat(registry.scrape()).doesNotContain("cache=\"users\"").contains("memcached_node");

    manager.close();
    scrape();
    assertThat(registry.scrape()).isEmpty();
  }

  @Test
  void timesCalls() {
    CacheManager manager =
        provider.getCacheManager(URI.create("memcached://" + server.address() + "/shop"), null);
    new MemcachedMetrics(manager).withCallTimers().bindTo(registry);
    manager.createCache("users", counting()).put("ada", "Lovelace");

    String tags = "cache=\"users\",operation=\"put\",outcome=\"success\"";
    assertThat(scrape())
        .contains(
            "memcached_cache_calls_seconds_count{" + tags + "} 1",
            "memcached_cache_calls_seconds_bucket{" + tags + ",le=\"+Inf\"} 1");
  }

  @Test
  void spansNameTheOnlyServerOfTheCache() {
    CacheManager manager = bound(server.address());
    try (Spans spans = new Spans();
        MemcachedServer own = MemcachedServer.start()) {
      new MemcachedObservations(spans.registry()).observe(manager);
      manager.createCache("users", counting()).put("ada", "Lovelace");
      String both = server.address() + "," + own.address();
      manager.createCache("orders", counting().setServers(both)).put("1", "book");

      assertThat(spans.only("put users").getAttributes().get(ServerAttributes.SERVER_ADDRESS))
          .isEqualTo("127.0.0.1");
      assertThat(spans.only("put users").getAttributes().asMap().values())
          .contains(String.valueOf(server.port()));
      assertThat(spans.only("put orders").getAttributes().get(ServerAttributes.SERVER_ADDRESS))
          .isNull();
    }
  }

  @Test
  void showsTheServersOfACacheWhileItIsOpen() {
    CacheManager manager = bound(server.address());
    try (MemcachedServer own = MemcachedServer.start()) {
      manager.createCache("users", counting().setServers(own.address()));
      scrape();
      String node = "memcached_node_connections{node=\"" + own.address() + "\"}";
      assertThat(registry.scrape()).contains(node);

      manager.destroyCache("users");
      scrape();
      assertThat(registry.scrape()).doesNotContain(own.address()).contains(server.address());
    }
  }

  @Test
  void showsAServerThatIsDown() {
    CacheManager manager = bound(server.address());
    manager.createCache("users", counting()).put("ada", "Lovelace");
    scrape();
    server.stop();

    String node = "node=\"" + server.address() + "\"";
    await()
        .untilAsserted(
            () ->
                assertThat(scrape())
                    .contains(
                        "memcached_node_state{" + node + ",state=\"down\"} 1.0",
                        "memcached_server_items{" + node + "} NaN",
                        "memcached_server_evictions_total{" + node + "} 0.0"));
  }

  @Test
  void takesOneRoundTripInASecond() {
    try (RoundTripRelay relay = new RoundTripRelay(server.socketAddress())) {
      CacheManager manager = bound(relay.address());
      manager.createCache("users", counting()).put("ada", "Lovelace");
      await().pollDelay(Duration.ofMillis(1100)).until(() -> true);

      int before = relay.roundTrips();
      scrape();
      assertThat(relay.roundTrips() - before).isEqualTo(1);
    }
  }
}
