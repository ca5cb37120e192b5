package org.jcachememcached;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jcachememcached.testing.Patience.undisturbed;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.jcachememcached.testing.ChildJvm;
import org.jcachememcached.testing.MemcachedServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A fleet of JVMs loads a missing value once, and never stores one that was invalidated. */
class LeasesIT {

  private static final String LEASES = "timeout=10s&lease.loads=true&lease.invoke=true";
  private static final String NO_LEASES = "timeout=10s&lease.loads=false";
  private static final String SHORT_LEASES = LEASES + "&lease.ttl=3s";
  private static final String SHORTEST_LEASES = LEASES + "&lease.ttl=1s";

  /** Removals, puts and clearings from another JVM, for each way. */
  private static final int ROUNDS = Integer.getInteger("leases.rounds", 750);

  /** Every so many rounds; the server takes its time to list its keys. */
  private static final int CLEARING = 25;

  private static final int ROUND_NANOS = 3_000_000;

  private static MemcachedServer server;

  private final List<ChildJvm> members = new ArrayList<>();

  @BeforeAll
  static void startServer() {
    server = MemcachedServer.start();
  }

  @AfterAll
  static void stopServer() {
    server.close();
  }

  @AfterEach
  void endMembers() {
    members.forEach(ChildJvm::close);
    server.command("flush_all");
  }

  private static URI uri(String settings) {
    return URI.create("memcached://%s/fleet?%s".formatted(server.address(), settings));
  }

  private void start(int count, Way way, String settings) {
    for (int i = 0; i < count; i++) {
      String name = Character.toString('a' + members.size());
      members.add(ChildJvm.start(FleetMember.class, uri(settings).toString(), way.name(), name));
    }
    members.forEach(member -> assertThat(member.readLine()).isEqualTo("ready"));
  }

  /** What all callers of some members found, and how many loads there were. */
  private record Race(int loads, Set<String> values) {

    static Race of(List<ChildJvm> members, int loadMillis) {
      members.forEach(member -> member.send("race key " + loadMillis));
      members.forEach(member -> assertThat(member.readLine()).isEqualTo("ready"));
      members.forEach(member -> member.send("go"));
      int loads = 0;
      Set<String> values = new TreeSet<>();
      for (ChildJvm member : members) {
        List<String> words = List.of(member.readLine().split(" "));
        loads += Integer.parseInt(words.get(0));
        values.addAll(words.subList(1, words.size()));
      }
      return new Race(loads, values);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aFleetLoadsAMissingValueOnce(Way way) {
    start(3, way, LEASES);

    Race race = Race.of(members, 200);

    assertThat(race.loads()).isEqualTo(1);
    assertThat(race.values()).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource
  void withoutLeasesEachJvmLoadsIt(Way way) {
    start(3, way, NO_LEASES);

    undisturbed(
        () -> {
          server.command("flush_all");
          assertThat(Race.of(members, 1_000).loads()).isGreaterThanOrEqualTo(3);
        });
  }

  @Test
  void aWinnerThatIsSlowerThanItsLeaseIsWaitedFor() {
    start(3, Way.GET, SHORTEST_LEASES);

    // A winner that stands still for longer than its lease is followed.
    undisturbed(
        () -> {
          server.command("flush_all");
          Race race = Race.of(members, 3_000);

          assertThat(race.loads()).isEqualTo(1);
          assertThat(race.values()).hasSize(1);
        });
  }

  @Test
  void aWinnerThatIsKilledIsFollowed() {
    start(3, Way.GET, SHORT_LEASES);
    ChildJvm winner = members.get(0);
    winner.send("hold key 60000");
    assertThat(winner.readLine()).isEqualTo("loading");
    winner.close();

    Race race = Race.of(members.subList(1, 3), 200);

    assertThat(race.loads()).isEqualTo(1);
    assertThat(race.values()).hasSize(1).doesNotContain("a1");
  }

  @Test
  void aWinnerThatStoodStillDoesNotStoreOverItsFollower() {
    start(3, Way.GET, SHORT_LEASES);
    ChildJvm winner = members.get(0);
    winner.send("hold key 3000"); // So long that it is suspended while it loads.
    assertThat(winner.readLine()).isEqualTo("loading");
    winner.suspend();
    Race race = Race.of(members.subList(1, 3), 200);
    winner.resume();
    winner.readLine();

    assertThat(race.loads()).isEqualTo(1);
    assertThat(Race.of(members.subList(1, 3), 200)).isEqualTo(new Race(0, race.values()));
  }

  @ParameterizedTest
  @EnumSource
  @Timeout(1_800)
  void noValueIsReadThatWasLoadedBeforeAnInvalidation(Way way) {
    assertThat(staleReads(way)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void withoutLeasesSuchValuesAreRead(Way way) {
    start(1, way, NO_LEASES);
    ChildJvm rival = members.get(0);
    try (MemcachedCachingProvider provider = new MemcachedCachingProvider()) {
      AtomicInteger loads = new AtomicInteger();
      Way.Load load =
          key -> {
            boolean isFirst = loads.incrementAndGet() == 1;
            if (isFirst) {
              rival.send("remove " + key);
              assertThat(rival.readLine()).isEqualTo("done");
            }
            return isFirst ? "old" : "new";
          };
      MemcachedCache<String, String> cache = way.open(manager(provider, NO_LEASES), load);
      way.read(cache, "key", load);

      assertThat(way.read(cache, "key", load)).isEqualTo("old");
    }
  }

  private static MemcachedCacheManager manager(MemcachedCachingProvider provider, String settings) {
    return provider.getCacheManager(uri(settings), null).unwrap(MemcachedCacheManager.class);
  }

  private List<String> staleReads(Way way) {
    start(1, way, LEASES);
    ChildJvm rival = members.get(0);
    try (MemcachedCachingProvider provider = new MemcachedCachingProvider()) {
      VersionReaders readers = new VersionReaders(way, manager(provider, LEASES), "key");
      readers.start(4);
      int round = 0;
      for (; round < ROUNDS && !readers.haveFoundOldVersions(); round++) {
        long version = readers.nextVersion();
        rival.send(invalidation(round, version));
        assertThat(rival.readLine()).isEqualTo("done");
        readers.expect(version);
        VersionReaders.pauseUpTo(ROUND_NANOS);
      }
      List<String> oldVersions = readers.end();
      System.out.printf("%s, %s: %d rounds, %s%n", way, LEASES, round, readers);
      return oldVersions;
    }
  }

  private static String invalidation(int round, long version) {
    if (round % CLEARING == 0) {
      return "clear";
    }
    return round % 2 == 0 ? "remove key" : "put key " + version;
  }
}
