package org.jcachememcached.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How often a call looks for the value of another one: docs/leases.md has the numbers. */
class LeaseRulesTest {

  @Test
  void pausesGrowAndEndAtATenthOfASecond() {
    for (int attempt = 0; attempt < 100; attempt++) {
      assertThat(pause(1)).isBetween(Duration.ofMillis(1), Duration.ofMillis(2));
      assertThat(pause(5)).isBetween(Duration.ofMillis(5), Duration.ofMillis(11));
      assertThat(pause(1_000_000)).isBetween(Duration.ofMillis(50), Duration.ofMillis(100));
    }
  }

  @Test
  void aLoadOfTwoHundredMillisecondsIsAwaitedWithAboutElevenReads() {
    double average =
        IntStream.range(0, 1_000).map(i -> pollsWithin(Duration.ofMillis(200))).average().orElse(0);

    assertThat(average).isBetween(10.0, 12.0);
  }

  @Test
  void callersDriftApart() {
    Set<Duration> pauses =
        IntStream.range(0, 100).mapToObj(i -> pause(10)).collect(Collectors.toSet());

    assertThat(pauses).hasSizeGreaterThan(90);
  }

  private static int pollsWithin(Duration load) {
    int polls = 0;
    Duration waited = Duration.ZERO;
    while (waited.compareTo(load) < 0) {
      polls++;
      waited = waited.plus(pause(polls));
    }
    return polls;
  }

  private static Duration pause(int polled) {
    return Duration.ofNanos(LeaseRules.GROWING_POLLS.nanos(polled));
  }
}
