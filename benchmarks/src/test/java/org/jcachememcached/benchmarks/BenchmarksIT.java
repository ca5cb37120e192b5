package org.jcachememcached.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jcachememcached.testing.MemcachedServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** Sees to it that what is measured is what is meant, and that it can be run. */
@Timeout(300)
class BenchmarksIT {

  private static final String VERY_BRIEFLY = "--callers=1 -f 0 -wi 0 -i 6 -r 10ms";

  @ParameterizedTest
  @EnumSource(
      mode = Mode.EXCLUDE,
      names = {"REDISSON", "CAFFEINE"})
  void allDoTheSameJobs(Side side) {
    try (MemcachedServer server = MemcachedServer.start();
        Contender contender = side.open(new Servers(server.address(), ""))) {
      contender.put("a", "1");
      contender.putAll(Map.of("b", "22", "c", "333"));
      contender.reset("n");
      contender.prepareVisits("v", "4");

      assertThat(contender.get("a")).isEqualTo("1");
      assertThat(contender.get("d")).isNull();
      assertThat(contender.visit("v")).isEqualTo("4");
      assertThat(contender.visit("d")).isNull();
      assertThat(contender.getAll(Set.of("b", "c", "d"))).isEqualTo(Map.of("b", "22", "c", "333"));
      assertThat(contender.increment("n")).isEqualTo(1);
      assertThat(contender.increment("n")).isEqualTo(2);
      assertThat(contender.iterate()).isEqualTo("1".length() + "22".length() + "333".length());
    }
  }

  @Test
  void everyJobGetsItsRow() throws Exception {
    assertThat(run("--clients"))
        .contains("provider / socket", "getHit", "getMiss", "getAccessed", "put", "getAll100")
        .contains("putAll100", "invokeOwnKey", "invokeOneKey", "iterate")
        .doesNotContain("NaN");
  }

  @Test
  void settingsAreComparedWithTheDefaults() throws Exception {
    assertThat(run("--options"))
        .contains("statistics / provider", "generation / provider", "getHit", "put")
        .doesNotContain("getAll", "NaN");
  }

  @Test
  void observedCallsAreComparedWithOthers() throws Exception {
    assertThat(run("--observed"))
        .contains("timed / local", "traced / local", "getHit", "put")
        .doesNotContain("NaN");
  }

  @Test
  void theFirstGetOfAJvmIsTimed() throws Exception {
    try (MemcachedServer server = MemcachedServer.start()) {
      assertThat(new StartTable(server.address()).measure(1))
          .containsPattern("provider \\| [1-9][0-9,]* \\(.*\\| [1-9]")
          .containsPattern("raw \\| [1-9][0-9,]* \\(.*\\| [1-9]");
    }
  }

  @Test
  void aStampedeIsMeasured() {
    try (MemcachedServer server = MemcachedServer.start()) {
      List<StampedeResult> results = new Stampede(server.address(), 2).measure();

      assertThat(Stampede.table(results)).contains("without leases").doesNotContain("NaN");
      assertThat(results).allSatisfy(result -> assertThat(result.loads()).isPositive());
    }
  }

  @Test
  void interceptionIsMeasuredBesideTheSameHit() {
    InterceptionBenchmark benchmark = new InterceptionBenchmark();
    benchmark.fill();
    try {
      assertThat(benchmark.cacheResult()).hasSize(100).isEqualTo(benchmark.directGet());
    } finally {
      benchmark.close();
    }
  }

  @Test
  void recordingIsMeasuredBesideTheSameHit() {
    RecordingBenchmark benchmark = new RecordingBenchmark();
    assertThat(benchmark.recordedGet()).hasSize(100).isEqualTo(benchmark.get());
    benchmark.close();
  }

  private static String run(String table) throws Exception {
    List<String> tables = Bench.run(Arguments.parse((table + " " + VERY_BRIEFLY).split(" ")));
    assertThat(tables).hasSize(1);
    return tables.get(0);
  }
}
