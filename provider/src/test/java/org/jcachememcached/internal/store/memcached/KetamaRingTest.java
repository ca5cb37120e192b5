package org.jcachememcached.internal.store.memcached;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jcachememcached.internal.config.AffinityRule;
import org.jcachememcached.internal.config.Endpoint.UnixSocket;
import org.jcachememcached.internal.config.Server;
import org.junit.jupiter.api.Test;

class KetamaRingTest {

  private static final int KEYS = 20_000;

  @Test
  void givesServersSharesOfKeysByWeight() {
    Map<Server, Integer> counts =
        count(ring(new Server("a", 1, 1), new Server("b", 1, 1), new Server("c", 1, 2)));

    assertThat(counts.get(new Server("a", 1, 1))).isBetween(KEYS / 6, KEYS / 3);
    assertThat(counts.get(new Server("c", 1, 2))).isBetween(KEYS / 3, 2 * KEYS / 3);
  }

  @Test
  void leavesMostKeysWhereTheyAreWhenServerIsAdded() {
    Server a = new Server("a", 1, 1);
    Server b = new Server("b", 1, 1);
    Server c = new Server("c", 1, 1);
    KetamaRing before = ring(a, b);
    KetamaRing after = ring(a, b, c);

    for (int i = 0; i < KEYS; i++) {
      Server now = serverOf(after, "key" + i);
      assertThat(now).isIn(serverOf(before, "key" + i), c);
    }
  }

  @Test
  void givesLightServerAtLeastSomething() {
    Server light = new Server("light", 1, 1);
    assertThat(count(ring(light, new Server("heavy", 1, 1000)))).containsKey(light);
  }

  /** Worked out with another program. It holds whatever client is on the class path. */
  @Test
  void sendsKeysWhereLibmemcachedSendsThem() {
    KetamaRing ring =
        ring(
            new Server("one", 11211, 1),
            new Server("two", 11211, 1),
            new Server("three", 11211, 1));

    assertThat(Stream.of("a", "key", "user:42", "x", "orders:user:s.42", "8"))
        .extracting(key -> serverOf(ring, key).host())
        .containsExactly("one", "two", "three", "one", "three", "two");
  }

  /** Worked out with another program, too. */
  @Test
  void sendsKeysToUnixSocketsAsToHostsOfThatName() {
    KetamaRing ring =
        ring(
            new Server(new UnixSocket("/run/one.sock"), 1),
            new Server(new UnixSocket("/run/two.sock"), 2),
            new Server("three", 11211, 1),
            new Server("four", 11212, 1));

    assertThat(Stream.of("a", "key", "user:42", "x", "orders:user:s.42", "8"))
        .extracting(key -> ring.indexOf(key))
        .containsExactly(3, 1, 0, 0, 1, 1);
  }

  @Test
  void saysWhetherAKeyBelongsToAServer() {
    KetamaRing ring = ring(new Server("one", 11211, 1), new Server("two", 11211, 1));
    byte[] line = "key=value".getBytes(US_ASCII);
    int index = ring.indexOf("key");

    assertThat(ring.isAt(index, line, 3)).isTrue();
    assertThat(ring.isAt(1 - index, line, 3)).isFalse();
  }

  @Test
  void givesASingleServerAllKeys() {
    KetamaRing ring = ring(new Server("one", 11211, 1));

    assertThat(ring.indexOf("key")).isZero();
    assertThat(ring.isAt(0, new byte[] {'k'}, 1)).isTrue();
  }

  private static Map<Server, Integer> count(KetamaRing ring) {
    Map<Server, Integer> counts = new HashMap<>();
    for (int i = 0; i < KEYS; i++) {
      counts.merge(serverOf(ring, "key" + i), 1, Integer::sum);
    }
    return counts;
  }

  private static KetamaRing ring(Server... servers) {
    return new KetamaRing(List.of(servers), new KeyRouting(AffinityRule.NONE));
  }

  private static Server serverOf(KetamaRing ring, String key) {
    return ring.servers().get(ring.indexOf(key));
  }
}
