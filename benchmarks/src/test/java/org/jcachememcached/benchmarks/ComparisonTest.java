package org.jcachememcached.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ComparisonTest {

  @Test
  void turnsGoForthAndBack() {
    assertThat(IntStream.range(0, 9).mapToObj(Comparison.CLIENTS::at))
        .containsExactly(
            Side.PROVIDER,
            Side.RAW,
            Side.SOCKET,
            Side.SOCKET,
            Side.RAW,
            Side.PROVIDER,
            Side.PROVIDER,
            Side.RAW,
            Side.SOCKET);
  }

  @Test
  void ratiosNameWhoIsCompared() {
    assertThat(Comparison.CLIENTS.ratios())
        .extracting(Comparison.Ratio::toString)
        .containsExactly("provider / socket", "provider / raw", "raw / socket");
  }
}
