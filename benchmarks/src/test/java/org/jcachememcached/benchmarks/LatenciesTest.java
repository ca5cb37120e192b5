package org.jcachememcached.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class LatenciesTest {

  private static final Latencies HUNDRED =
      Latencies.of(LongStream.rangeClosed(1, 100).map(call -> 101_000 - 1_000 * call));

  @Test
  void aPercentileIsTheTimeInWhichSoManyCallsWereDone() {
    assertThat(HUNDRED.percentileMillis(50)).isEqualTo(50);
    assertThat(HUNDRED.percentileMillis(99)).isEqualTo(99);
    assertThat(HUNDRED.percentileMillis(99.5)).isEqualTo(100);
    assertThat(HUNDRED.percentileMillis(100)).isEqualTo(100);
  }

  @Test
  void oneCallIsAllPercentiles() {
    Latencies one = Latencies.of(LongStream.of(1_500));

    assertThat(one.percentileMillis(0.1)).isEqualTo(1.5);
    assertThat(one.percentileMillis(99)).isEqualTo(1.5);
  }

  @Test
  void thoseOfSeveralJvmsAreSortedTogether() {
    Latencies both = HUNDRED.and(Latencies.of(LongStream.of(500, 200_000)));

    assertThat(both.count()).isEqualTo(102);
    assertThat(both.percentileMillis(0.1)).isEqualTo(0.5);
    assertThat(both.percentileMillis(100)).isEqualTo(200);
  }

  @Test
  void withoutCallsThereIsNoPercentile() {
    assertThat(Latencies.of(LongStream.empty()).percentileMillis(50)).isNaN();
  }
}
