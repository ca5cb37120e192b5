package org.jcachememcached.internal.store.memcached;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jcachememcached.internal.config.AffinityRule;
import org.jcachememcached.internal.config.Server;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which servers gain keys by a change. */
class RingChangesTest {

  private static final int KEYS = 20_000;

  private static KetamaRing ring(String servers) {
    return new KetamaRing(
        Arrays.stream(servers.split(" ")).map(RingChangesTest::server).toList(),
        new KeyRouting(AffinityRule.NONE));
  }

  private static Server server(String nameAndWeight) {
    String[] parts = nameAndWeight.split("\\*", 2);
    return new Server(parts[0], 11211, parts.length == 1 ? 1 : Integer.parseInt(parts[1]));
  }

  private static String ownerOf(KetamaRing ring, String key) {
    return ring.servers().get(ring.indexOf(key)).host();
  }

  private static Set<String> gainers(KetamaRing before, KetamaRing after) {
    Set<String> names = new HashSet<>();
    after.gainersSince(before).forEach(i -> names.add(after.servers().get(i).host()));
    return names;
  }

  @ParameterizedTest
  @CsvSource({
    "a b, a b c",
    "a b c, a b",
    "a b c, a b d",
    "a, b",
    "a, a b",
    "a b, a",
    "a b c, a*2 b c",
    "a*3 b c, a b c",
    "a b c d e f g h, c d x y z"
  })
  void eachServerToWhichKeysHaveMoved(String serversBefore, String serversAfter) {
    KetamaRing before = ring(serversBefore);
    KetamaRing after = ring(serversAfter);

    Set<String> found = new HashSet<>();
    for (int i = 0; i < KEYS; i++) {
      String owner = ownerOf(after, "key" + i);
      if (!owner.equals(ownerOf(before, "key" + i))) {
        found.add(owner);
      }
    }

    assertThat(gainers(before, after)).isEqualTo(found);
  }

  @Test
  void noneWithoutChange() {
    assertThat(gainers(ring("a b c"), ring("c b a"))).isEmpty();
  }

  @Test
  void casValuesOfServersHaveNothingInCommon() {
    List<Long> masks =
        Stream.of("a", "b", "c*1", "c*7").map(RingChangesTest::server).map(CasMask::of).toList();

    assertThat(masks.get(2)).as("whatever the weight").isEqualTo(masks.get(3));
    assertThat(new HashSet<>(masks)).hasSize(3).doesNotContain(0L);
  }

  @Test
  void fleetEndsWithItsLastCall() {
    Fleet fleet = new Fleet(ring("a"), List.of(), Handover.NONE);
    fleet.begin();
    fleet.begin();

    fleet.leave();
    fleet.supersede();
    assertThat(fleet.whenEnded()).isNotDone();

    fleet.leave();
    assertThat(fleet.whenEnded()).isDone();
  }

  @Test
  void fleetThatIsNotSupersededDoesNotEnd() {
    Fleet fleet = new Fleet(ring("a"), List.of(), Handover.NONE);
    fleet.begin();
    fleet.leave();

    assertThat(fleet.whenEnded()).isNotDone();
    fleet.supersede();
    assertThat(fleet.whenEnded()).isDone();
  }
}
