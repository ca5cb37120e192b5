package org.jcachememcached.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class StampedeTest {

  private static final StampedeResult RESULT =
      StampedeResult.of(StampedeVariant.NO_LEASES, 2, List.of("3 100 200 300", "5 100000", "0"));

  @Test
  void theFiguresOfAllJvmsAreAddedUp() {
    assertThat(RESULT.loadsPerSecond()).isEqualTo(4);
    assertThat(RESULT.callsPerSecond()).isEqualTo(2);
  }

  @Test
  void theTableHasARowForEachVariant() {
    assertThat(Stampede.table(List.of(RESULT)).lines().skip(2))
        .containsExactly("| loader, without leases | 4.00 | 2.00 | 0.20 | 100 | 100 |");
  }

  @Test
  void thePictureShowsLoadsAndWaitingTimes() {
    assertThat(Stampede.picture(List.of(RESULT)))
        .contains("Loads per second", "99 % of the calls", ">4.00<", ">100<");
  }

  @Test
  void aStampedeIsMeasuredOnlyIfItIsAskedFor() throws Exception {
    assertThat(Arguments.parse().stampedeSeconds()).isZero();

    Arguments asked = Arguments.parse("--stampede", "--quick");
    assertThat(asked.stampedeSeconds()).isEqualTo(3);
    assertThat(asked.comparisons()).isEmpty();
    assertThat(asked.isOfStart()).isFalse();
  }
}
