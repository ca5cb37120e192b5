package org.jcachememcached.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.jcachememcached.api.NodeMXBean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The meters of one server. */
class NodeMetersTest {

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final FakeNode node = new FakeNode();
  private final NodeMXBean view = node.view();

  @BeforeEach
  void register() {
    NodeMeters.of(new MeterGroup(registry, Tags.of("node", "a:1")), view);
  }

  private double gauge(String name, String... tags) {
    return registry.get(name).tags(tags).gauge().value();
  }

  private double evictions() {
    return registry.get("memcached.server.evictions").functionCounter().count();
  }

  @Test
  void oneStateIsSet() {
    for (String state : new String[] {"CONNECTING", "READY", "DOWN"}) {
      node.set("getState", state);

      assertThat(gauge("memcached.node.state", "state", "connecting"))
          .isEqualTo(state.equals("CONNECTING") ? 1 : 0);
      assertThat(gauge("memcached.node.state", "state", "ready"))
          .isEqualTo(state.equals("READY") ? 1 : 0);
      assertThat(gauge("memcached.node.state", "state", "down"))
          .isEqualTo(state.equals("DOWN") ? 1 : 0);
    }
  }

  @Test
  void gaugesShowTheirAttributes() {
    node.set("getOpenConnections", 4);
    node.set("getRequestsInFlight", 5);
    node.set("getBytesInFlight", 600L);
    node.set("getPendingInvalidations", 7);

    assertThat(gauge("memcached.node.connections")).isEqualTo(4);
    assertThat(gauge("memcached.node.requests.in.flight")).isEqualTo(5);
    assertThat(gauge("memcached.node.requests.in.flight.size")).isEqualTo(600);
    assertThat(gauge("memcached.node.invalidations.pending")).isEqualTo(7);
  }

  @Test
  void countersShowTheirAttributes() {
    node.set("getBreakerOpenings", 1L);
    node.set("getReconnects", 2L);
    node.set("getConnectionsGivenUp", 3L);
    node.set("getTimeouts", 4L);
    node.set("getRejections", 5L);
    node.set("getRequestedInvalidations", 6L);
    node.set("getReplayedInvalidations", 7L);
    node.set("getInvalidationOverflows", 8L);

    assertCount("memcached.node.breaker.openings", 1);
    assertCount("memcached.node.reconnects", 2);
    assertCount("memcached.node.connections.given.up", 3);
    assertCount("memcached.node.timeouts", 4);
    assertCount("memcached.node.rejections", 5);
    assertCount("memcached.node.invalidations.requested", 6);
    assertCount("memcached.node.invalidations.replayed", 7);
    assertCount("memcached.node.invalidations.overflows", 8);
  }

  private void assertCount(String name, double expected) {
    assertThat(registry.get(name).functionCounter().count()).as(name).isEqualTo(expected);
  }

  @Test
  void whatTheServerCountsIsUnknownWhileItIsNotReachable() {
    node.set("getItems", 10L);
    node.set("getBytes", 1000L);
    node.set("getMaxBytes", 2000L);
    node.set("getHitRatio", 0.5);
    assertThat(gauge("memcached.server.items")).isEqualTo(10);
    assertThat(gauge("memcached.server.memory.used")).isEqualTo(1000);
    assertThat(gauge("memcached.server.memory.max")).isEqualTo(2000);
    assertThat(gauge("memcached.server.hit.ratio")).isEqualTo(0.5);

    node.set("getItems", -1L);
    node.set("getBytes", -1L);
    node.set("getMaxBytes", -1L);
    node.set("getHitRatio", -1.0);
    assertThat(gauge("memcached.server.items")).isNaN();
    assertThat(gauge("memcached.server.memory.used")).isNaN();
    assertThat(gauge("memcached.server.memory.max")).isNaN();
    assertThat(gauge("memcached.server.hit.ratio")).isNaN();
  }

  @Test
  void evictionsKeepTheirLastValueWhileTheServerIsNotReachable() {
    node.set("getEvictions", -1L);
    assertThat(evictions()).as("never known").isNaN();

    node.set("getEvictions", 9L);
    assertThat(evictions()).isEqualTo(9);
    node.set("getEvictions", -1L);
    assertThat(evictions()).isEqualTo(9);
    node.set("getEvictions", 2L);
    assertThat(evictions()).as("the server was restarted").isEqualTo(2);
  }
}
