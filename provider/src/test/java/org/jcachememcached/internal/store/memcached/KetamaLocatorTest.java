package org.jcachememcached.internal.store.memcached;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jcachememcached.internal.config.Server;
import org.junit.jupiter.api.Test;

class KetamaLocatorTest {

  private static final int KEYS = 20_000;

  @Test
  void givesServersSharesOfKeysByWeight() {
    Map<Server, Integer> counts =
        count(locator(new Server("a", 1, 1), new Server("b", 1, 1), new Server("c", 1, 2)));

    assertThat(counts.get(new Server("a", 1, 1))).isBetween(KEYS / 6, KEYS / 3);
    assertThat(counts.get(new Server("c", 1, 2))).isBetween(KEYS / 3, 2 * KEYS / 3);
  }

  @Test
  void leavesMostKeysWhereTheyAreWhenServerIsAdded() {
    Server a = new Server("a", 1, 1);
    Server b = new Server("b", 1, 1);
    Server c = new Server("c", 1, 1);
    KetamaLocator before = locator(a, b);
    KetamaLocator after = locator(a, b, c);

    for (int i = 0; i < KEYS; i++) {
      Server now = after.nodeOf("key" + i).server();
      assertThat(now).isIn(before.nodeOf("key" + i).server(), c);
    }
  }

  @Test
  void givesLightServerAtLeastSomething() {
    Server light = new Server("light", 1, 1);
    assertThat(count(locator(light, new Server("heavy", 1, 1000)))).containsKey(light);
  }

  /** Worked out with another program. It holds whatever client is on the class path. */
  @Test
  void sendsKeysWhereLibmemcachedSendsThem() {
    KetamaLocator locator =
        locator(
            new Server("one", 11211, 1),
            new Server("two", 11211, 1),
            new Server("three", 11211, 1));

    assertThat(Stream.of("a", "key", "user:42", "x", "orders:user:s.42", "8"))
        .extracting(key -> locator.nodeOf(key).server().host())
        .containsExactly("one", "two", "three", "one", "three", "two");
  }

  private static Map<Server, Integer> count(KetamaLocator locator) {
    Map<Server, Integer> counts = new HashMap<>();
    for (int i = 0; i < KEYS; i++) {
      counts.merge(locator.nodeOf("key" + i).server(), 1, Integer::sum);
    }
    return counts;
  }

  private static KetamaLocator locator(Server... servers) {
    NodeOptions options = NodeOptions.withTimeout(Duration.ofSeconds(1));
    InFlight inFlight =
        new InFlight(options.timeout(), new UptimeClock(System::nanoTime, options.timeout()));
    List<ServerNode> nodes =
        Arrays.stream(servers)
            .map(s -> new ServerNode(s, options, inFlight, InstantSource.system()))
            .toList();
    HardenedConnectionFactory factory = new HardenedConnectionFactory(nodes, options);
    return (KetamaLocator) factory.createLocator(List.of());
  }
}
