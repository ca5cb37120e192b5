package org.jcachememcached.internal.store.memcached;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jcachememcached.testing.Patience.await;
import static org.jcachememcached.testing.Patience.undisturbed;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import javax.management.JMException;
import javax.management.JMX;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.jcachememcached.api.NodeMXBean;
import org.jcachememcached.internal.config.Server;
import org.jcachememcached.internal.store.Command;
import org.jcachememcached.internal.store.Item;
import org.jcachememcached.internal.store.Reply;
import org.jcachememcached.testing.MemcachedServer;
import org.junit.jupiter.api.Test;

/** What JMX shows of servers, well and unwell. */
class NodeBeansIT {

  private static final Duration TIMEOUT = Duration.ofMillis(500);

  private final MBeanServer mbeans = ManagementFactory.getPlatformMBeanServer();

  @Test
  void showsServerThatAnswers() throws JMException {
    Instant started = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    try (MemcachedServer server = MemcachedServer.start("-m", "64");
        MemcachedStore store = openPatient(server)) {
      assertThat(store.send(List.of(set("a"), set("b"))).join()).containsOnly(Reply.DONE);
      store.send(List.of(new Command.Get("a"), new Command.Get("c"))).join();
      NodeMXBean bean = onlyBean(server);

      assertThat(bean.getState()).isEqualTo("READY");
      assertThat(Instant.parse(bean.getStateSince())).isBetween(started, Instant.now());
      assertThat(bean.getFailure()).isNull();
      assertThat(bean.getVersion()).isEqualTo(server.stats().get("version"));
      assertThat(bean.getItems()).isEqualTo(2);
      assertThat(bean.getBytes()).isPositive();
      assertThat(bean.getMaxBytes()).isEqualTo(64L * 1024 * 1024);
      assertThat(bean.getEvictions()).isZero();
      assertThat(bean.getHitRatio()).isEqualTo(0.5);
      assertThat(bean.getRequestsInFlight()).isZero();
      assertThat(bean.getBytesInFlight()).isZero();
      assertThat(bean.getTimeouts()).isZero();
      assertThat(bean.getReconnects()).isZero();
    }
  }

  @Test
  void showsWhatHappensWhileServerHangs() throws JMException {
    try (MemcachedServer server = MemcachedServer.start();
        MemcachedStore store = open(server)) {
      NodeMXBean bean = beanOfOpen(server, store);
      long openings = bean.getBreakerOpenings();
      long timeouts = bean.getTimeouts();
      String readySince = bean.getStateSince();
      server.suspend();
      store.send(List.of(set("a"))).join();
      store.invalidate("a", List.of("a"));

      assertThat(bean.getState()).isEqualTo("DOWN");
      assertThat(bean.getStateSince()).isGreaterThan(readySince);
      assertThat(bean.getFailure()).contains(server.address()).contains("did not answer");
      assertThat(bean.getBreakerOpenings()).isEqualTo(openings + 1);
      assertThat(bean.getTimeouts()).isEqualTo(timeouts + 1);
      assertThat(bean.getPendingInvalidations()).isEqualTo(1);
      assertThat(bean.getRequestedInvalidations()).isEqualTo(1);
      assertThat(bean.getVersion()).isNull();
      assertThat(bean.getItems()).isEqualTo(-1);
      assertThat(bean.getHitRatio()).isEqualTo(-1);

      server.resume();
      await().until(() -> bean.getState().equals("READY"));
      assertThat(bean.getReconnects()).isPositive();
      await().until(() -> bean.getReplayedInvalidations() == 1);
      await().untilAsserted(() -> assertThat(bean.getPendingInvalidations()).isZero());
      await().untilAsserted(() -> assertThat(bean.getItems()).isZero());
    }
  }

  private NodeMXBean beanOfOpen(MemcachedServer server, MemcachedStore store) throws JMException {
    await().until(() -> store.send(List.of(set("a"))).join().equals(List.of(Reply.DONE)));
    OpenConnections.await(store);
    return onlyBean(server);
  }

  @Test
  void neverWaitsLongerThanTheTimeout() throws JMException {
    undisturbed(
        () -> {
          try (MemcachedServer server = MemcachedServer.start();
              MemcachedStore store = open(server)) {
            NodeMXBean bean = beanOfOpen(server, store);
            server.suspend();

            long before = System.nanoTime();
            assertThat(bean.getItems()).isEqualTo(-1);
            assertThat(bean.getBytes()).isEqualTo(-1);
            Duration taken = Duration.ofNanos(System.nanoTime() - before);

            assertThat(taken).isLessThan(TIMEOUT.plusMillis(300));
            server.resume();
          }
        });
  }

  @Test
  void storesOnTheSameServersHaveBeansOfTheirOwnAndTakeThemAlong() throws JMException {
    try (MemcachedServer server = MemcachedServer.start()) {
      try (MemcachedStore one = openPatient(server)) {
        MemcachedStore two = openPatient(server);
        assertThat(one.send(List.of(set("a"))).join()).containsOnly(Reply.DONE);
        assertThat(names(server)).hasSize(2);
        two.close();
        assertThat(names(server)).hasSize(1);
        assertThat(onlyBean(server).getState()).isEqualTo("READY");
      }
      assertThat(names(server)).isEmpty();
    }
  }

  private NodeMXBean onlyBean(MemcachedServer server) throws JMException {
    ObjectName name = names(server).iterator().next();
    assertThat(Objects.requireNonNull(name).getCanonicalName())
        .isEqualTo(
            "org.jcachememcached:node=\"%1$s\",servers=\"%1$s\",type=Node"
                .formatted(server.address()));
    return JMX.newMXBeanProxy(mbeans, name, NodeMXBean.class);
  }

  private Set<ObjectName> names(MemcachedServer server) throws JMException {
    String node = ObjectName.quote(server.address());
    return mbeans.queryNames(
        new ObjectName("org.jcachememcached:type=Node,node=" + node + ",*"), null);
  }

  private static MemcachedStore open(MemcachedServer server) {
    return open(server, TIMEOUT);
  }

  private static MemcachedStore openPatient(MemcachedServer server) {
    return open(server, Duration.ofSeconds(10));
  }

  private static MemcachedStore open(MemcachedServer server, Duration timeout) {
    List<Server> servers = List.of(new Server(server.host(), server.port(), 1));
    return new MemcachedStore(servers, DefaultOptions.withTimeout(timeout), InstantSource.system());
  }

  private static Command.Set set(String key) {
    return new Command.Set(key, new Item(0, new byte[] {1}, Item.FOREVER));
  }
}
