package org.jcachememcached.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SpreadTest {

  @Test
  void theMedianIsBetweenTheTwoInTheMiddle() {
    assertThat(Spread.of(4, 1, 100, 2).median()).isEqualTo(3);
    assertThat(Spread.of(7).median()).isEqualTo(7);
  }

  @Test
  void fewNumbersAreTrustedNoMoreThanTheirRange() {
    assertThat(Spread.of(3, 1, 2)).isEqualTo(new Spread(1, 2, 3));
  }

  @Test
  void manyNumbersNarrowTheIntervalOfTheMedian() {
    // Of 100 numbers, 95 % of the intervals from the 41st to the 60th have the median in them.
    Spread spread = Spread.of(IntStream.rangeClosed(1, 100).asDoubleStream().toArray());

    assertThat(spread).isEqualTo(new Spread(41, 50.5, 60));
  }

  @Test
  void textHasAsManyDigitsAsMatter() {
    assertThat(new Spread(0.123, 45.67, 119_640)).hasToString("45.7 (0.12 ... 119,640)");
  }
}
