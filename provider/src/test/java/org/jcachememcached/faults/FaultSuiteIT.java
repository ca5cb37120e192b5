package org.jcachememcached.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jcachememcached.testing.Patience.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jcachememcached.testing.FaultyProxy;
import org.jcachememcached.testing.MemcachedServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** That an application lives through whatever happens to its servers, and what it sees of it. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class FaultSuiteIT implements TopologyFaults {

  /** How long a server is away. */
  static final Duration OUTAGE = Duration.ofSeconds(2);

  /** How long a server hangs. */
  private static final Duration HANG = Duration.ofSeconds(10);

  /** How long the load runs under something that is not an outage. */
  private static final Duration DISTURBANCE = Duration.ofSeconds(2);

  /** How often servers are restarted in turn, which takes about a minute, and how far apart. */
  private static final int RESTARTS = 20;

  private static final Duration BETWEEN_RESTARTS = Duration.ofSeconds(1);

  private static final int CUTS = 3;

  /** How long the load goes on after a fault of another JVM. */
  private static final Duration AFTERMATH = Duration.ofSeconds(1);

  private static final FaultTable TABLE = new FaultTable();

  @AfterAll
  static void writeTable() {
    TABLE.writeTo(Path.of("target", "faults.md"));
    if (Boolean.getBoolean("faults.write")) {
      TABLE.writeTo(Path.of("..", "docs", "faults.md"));
    }
  }

  @Override
  public void assertHarmless(Findings findings) {
    TABLE.add(findings);
    findings.assertHarmless();
  }

  @Test
  @Order(1)
  void neverStarted() {
    List<String> unusedAddress = List.of("127.0.0.1:" + MemcachedServer.freePort());
    try (Trial trial = Trial.withoutServers("never started", unusedAddress)) {
      trial.breakDown(() -> {}, OUTAGE);
      assertHarmless(trial.concludeWithoutData());
    }
  }

  @Test
  @Order(2)
  void startedLate() {
    LateServer late = new LateServer();
    try (late;
        Trial trial = Trial.withoutServers("started 2 s late", List.of(late.address()))) {
      trial.breakDown(() -> {}, OUTAGE);
      trial.mend(late::start);
      assertHarmless(trial.conclude());
    }
  }

  @Test
  @Order(3)
  void killedAndRestarted() {
    try (MemcachedServer server = MemcachedServer.start();
        Trial trial = start("kill -9, restarted empty after 2 s", server.address())) {
      trial.breakDown(server::kill, OUTAGE);
      trial.mend(server::restart);
      assertHarmless(trial.concludeWithoutData());
    }
  }

  @Test
  @Order(4)
  void hangs() {
    String fault = "SIGSTOP, SIGCONT after %d s".formatted(HANG.toSeconds());
    try (MemcachedServer server = MemcachedServer.start();
        Trial trial = start(fault, server.address())) {
      trial.breakDown(server::suspend, HANG);
      trial.mend(server::resume);
      assertHarmless(trial.conclude());
    }
  }

  @Test
  @Order(5)
  void connectionIsResetInMidWrite() {
    try (MemcachedServer server = MemcachedServer.start();
        FaultyProxy proxy = FaultyProxy.to(server.socketAddress());
        Trial trial =
            Trial.start(
                "connection reset in mid-write, %d times".formatted(CUTS),
                Workload.LONG_VALUES,
                List.of(proxy.address()))) {
      for (int cut = 1; cut <= CUTS; cut++) {
        int cuts = cut;
        trial.disturb(() -> proxy.cutAfter(30_000), Duration.ofMillis(300));
        await().until(() -> proxy.cuts() == cuts);
        trial.mend(() -> {});
      }
      assertThat(proxy.cuts()).isEqualTo(CUTS);
      assertHarmless(trial.conclude());
    }
  }

  @Test
  @Order(6)
  void slowLink() {
    try (MemcachedServer server = MemcachedServer.start();
        FaultyProxy proxy = FaultyProxy.to(server.socketAddress());
        Trial trial = start("slow link, 20 ms each way", proxy.address())) {
      trial.disturb(() -> proxy.delay(Duration.ofMillis(20)), DISTURBANCE);
      trial.mend(() -> proxy.delay(Duration.ZERO));
      assertHarmless(trial.conclude());
    }
  }

  @Test
  @Order(7)
  void linkSlowerThanTimeout() {
    try (MemcachedServer server = MemcachedServer.start();
        FaultyProxy proxy = FaultyProxy.to(server.socketAddress());
        Trial trial = start("link slower than the timeout, 700 ms each way", proxy.address())) {
      trial.breakDown(() -> proxy.delay(Duration.ofMillis(700)), HANG);
      trial.mend(() -> proxy.delay(Duration.ZERO));
      assertHarmless(trial.conclude());
    }
  }

  @Test
  @Order(8)
  void halfOpenLink() {
    try (MemcachedServer server = MemcachedServer.start();
        FaultyProxy proxy = FaultyProxy.to(server.socketAddress());
        Trial trial =
            start("half-open link for %d s".formatted(HANG.toSeconds()), proxy.address())) {
      trial.breakDown(proxy::fallSilent, HANG);
      trial.mend(proxy::speakAgain);
      assertHarmless(trial.conclude());
    }
  }

  @Test
  @Order(9)
  void oneOfThreeIsDown() {
    try (MemcachedServer first = MemcachedServer.start();
        MemcachedServer second = MemcachedServer.start();
        MemcachedServer third = MemcachedServer.start();
        Trial trial =
            start(
                "one of three down for 2 s", first.address(), second.address(), third.address())) {
      trial.breakDown(second::kill, OUTAGE);
      trial.mend(second::restart);
      assertHarmless(trial.concludeWithoutData());
    }
  }

  @Test
  @Order(10)
  void fullAndEvicting() {
    try (MemcachedServer server = MemcachedServer.start("-m", "1", "-I", "512k");
        Trial trial = startWithMoreThanFits("out of memory, evicts (-m 1)", server)) {
      trial.disturb(() -> {}, DISTURBANCE);
      assertThat(Long.parseLong(server.stats().get("evictions"))).isPositive();
      assertHarmless(trial.concludeWithoutData());
    }
  }

  @Test
  @Order(11)
  void fullAndRefusing() {
    try (MemcachedServer server = MemcachedServer.start("-m", "1", "-M", "-I", "512k");
        Trial trial = startWithMoreThanFits("out of memory, refuses (-m 1 -M)", server)) {
      trial.disturb(() -> {}, DISTURBANCE);
      assertHarmless(trial.conclude());
    }
  }

  @Test
  @Order(12)
  void itemTooLarge() {
    try (MemcachedServer server = MemcachedServer.start();
        Trial trial =
            Trial.start(
                "every tenth put too large for an item",
                Workload.SOME_TOO_LARGE,
                List.of(server.address()))) {
      trial.disturb(() -> {}, DISTURBANCE);
      assertHarmless(trial.conclude());
    }
  }

  @Test
  @Order(13)
  void restartedInTurn() {
    try (MemcachedServer first = MemcachedServer.start();
        MemcachedServer second = MemcachedServer.start();
        Trial trial =
            start(
                "two restarted in turn, %d times".formatted(RESTARTS),
                first.address(),
                second.address())) {
      for (int restart = 0; restart < RESTARTS; restart++) {
        MemcachedServer next = restart % 2 == 0 ? first : second;
        trial.disturb(next::kill, BETWEEN_RESTARTS);
        trial.mend(next::restart);
      }
      assertHarmless(trial.concludeWithoutData());
    }
  }

  @Test
  @Order(14)
  void killedWhileValuesAreLoaded() {
    try (MemcachedServer server = MemcachedServer.start();
        Trial trial =
            startLoading("leases: kill -9, restarted empty after 2 s", server.address())) {
      trial.breakDown(server::kill, OUTAGE);
      trial.mend(server::restart);
      assertHarmless(trial.concludeWithoutData());
    }
  }

  @Test
  @Order(15)
  void hangsWhileValuesAreLoaded() {
    String fault = "leases: SIGSTOP, SIGCONT after %d s".formatted(OUTAGE.toSeconds());
    try (MemcachedServer server = MemcachedServer.start();
        Trial trial = startLoading(fault, server.address())) {
      trial.breakDown(server::suspend, OUTAGE);
      trial.mend(server::resume);
      assertHarmless(trial.concludeWithoutData());
    }
  }

  @Test
  @Order(16)
  void connectionIsResetWhileValuesAreLoaded() {
    try (MemcachedServer server = MemcachedServer.start();
        FaultyProxy proxy = FaultyProxy.to(server.socketAddress());
        Trial trial =
            startLoading("leases: connection reset, %d times".formatted(CUTS), proxy.address())) {
      for (int cut = 1; cut <= CUTS; cut++) {
        int cuts = cut;
        trial.disturb(() -> proxy.cutAfter(3_000), Duration.ofMillis(300));
        await().until(() -> proxy.cuts() == cuts);
        trial.mend(() -> {});
      }
      assertThat(proxy.cuts()).isEqualTo(CUTS);
      assertHarmless(trial.concludeWithoutData());
    }
  }

  @Test
  @Order(17)
  void oneOfThreeIsDownWhileValuesAreLoaded() {
    try (MemcachedServer first = MemcachedServer.start();
        MemcachedServer second = MemcachedServer.start();
        MemcachedServer third = MemcachedServer.start();
        Trial trial =
            startLoading(
                "leases: one of three down for 2 s",
                first.address(),
                second.address(),
                third.address())) {
      trial.breakDown(second::kill, OUTAGE);
      trial.mend(second::restart);
      assertHarmless(trial.concludeWithoutData());
    }
  }

  @Test
  @Order(18)
  void winnerIsKilled() {
    try (MemcachedServer server = MemcachedServer.start();
        Trial trial = startFollowing("leases: winner killed (kill -9)", server);
        Winner winner = Winner.start(server.address(), server.address())) {
      trial.alsoRead(winner.beginLoads());
      trial.disturb(winner::kill, OUTAGE);
      winner.updateFollowed();
      trial.disturb(() -> {}, AFTERMATH);
      assertHarmless(trial.concludeWithoutData());
    }
  }

  @Test
  @Order(19)
  void winnerStandsStill() {
    String fault = "leases: winner stopped (SIGSTOP) for %d s".formatted(HANG.toSeconds());
    try (MemcachedServer server = MemcachedServer.start();
        Trial trial = startFollowing(fault, server);
        Winner winner = Winner.start(server.address(), server.address())) {
      trial.alsoRead(winner.beginLoads());
      trial.disturb(winner::suspend, HANG);
      winner.updateFollowed();
      trial.disturb(winner::resume, AFTERMATH);
      winner.endLoads(trial.observation());
      assertHarmless(trial.concludeWithoutData());
    }
  }

  @Test
  @Order(20)
  void winnerIsCutOff() {
    String fault = "leases: winner cut off for %d s".formatted(OUTAGE.toSeconds());
    try (MemcachedServer server = MemcachedServer.start();
        FaultyProxy proxy = FaultyProxy.to(server.socketAddress());
        Trial trial = startFollowing(fault, server);
        Winner winner = Winner.start(proxy.address(), server.address())) {
      trial.alsoRead(winner.beginLoads());
      trial.disturb(proxy::refuse, OUTAGE);
      winner.updateFollowed();
      proxy.admit();
      winner.awaitServer();
      winner.endLoads(trial.observation());
      trial.disturb(() -> {}, AFTERMATH);
      assertHarmless(trial.concludeWithoutData());
    }
  }

  private static Trial startLoading(String fault, String... servers) {
    return Trial.start(fault, Workload.LOADED_VALUES, List.of(servers));
  }

  private static Trial startFollowing(String fault, MemcachedServer server) {
    return Trial.start(fault, Workload.LOADED_ELSEWHERE, List.of(server.address()));
  }

  private static Trial start(String fault, String... servers) {
    return Trial.start(fault, Workload.SMALL_VALUES, List.of(servers));
  }

  private static Trial startWithMoreThanFits(String fault, MemcachedServer server) {
    return Trial.start(fault, Workload.MORE_THAN_FITS, List.of(server.address()));
  }
}
