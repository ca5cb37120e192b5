package org.jcachememcached.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import org.jcachememcached.testing.MemcachedServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Sees to it that what is measured is what is meant, and that it can be run. */
class BenchmarksIT {

  @ParameterizedTest
  @EnumSource(Side.class)
  void allDoTheSameJobs(Side side) {
    try (MemcachedServer server = MemcachedServer.start();
        Contender contender = side.open(server.address())) {
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
  void everyBenchmarkGetsItsRow() throws Exception {
    String veryBriefly = "-f 0 -wi 0 -i 6 -r 10ms";
    String[] arguments = ("--threads=1 " + veryBriefly).split(" ");

    ResultTable table = new ResultTable(false);
    Comparison.run(Arguments.parse(arguments)).forEach(table::add);

    assertThat(table.toString())
        .contains("getHit", "getMiss", "put", "getAll100", "putAll100")
        .contains("invokeIncrement", "invokeOneKey", "getAccessed", "iterate100k")
        .doesNotContain("NaN");
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
}
