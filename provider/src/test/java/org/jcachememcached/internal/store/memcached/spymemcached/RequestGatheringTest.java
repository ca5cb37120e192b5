package org.jcachememcached.internal.store.memcached.spymemcached;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RequestGatheringTest {

  private static final long FAST = TimeUnit.MICROSECONDS.toNanos(80);
  private static final long SLOW = TimeUnit.MILLISECONDS.toNanos(3);

  private long now = Long.MAX_VALUE - 1_000_000;
  private long taken = FAST;
  private int yields;
  private final RequestGathering gathering = new RequestGathering(() -> now, this::giveUpProcessor);

  private void giveUpProcessor() {
    yields++;
    now += taken;
  }

  private int yieldsIn(long millis) {
    int before = yields;
    long end = now + TimeUnit.MILLISECONDS.toNanos(millis);
    while (now - end < 0) {
      gathering.run();
      now += TimeUnit.MICROSECONDS.toNanos(20);
    }
    return yields - before;
  }

  @Test
  void yieldsEachTimeWhereThatIsFast() {
    assertThat(yieldsIn(10)).isEqualTo(100);
  }

  @Test
  void pausesForLongerAndLongerWhereThatIsSlow() {
    taken = SLOW;

    assertThat(yieldsIn(10_000)).isBetween(10, 20);
  }

  @Test
  void resumesWhereThatIsFastAgain() {
    taken = SLOW;
    yieldsIn(10_000);
    taken = FAST;
    yieldsIn(1_100);

    assertThat(yieldsIn(10)).isEqualTo(100);
  }

  @Test
  void pausesShortlyAfterManyFastOnes() {
    taken = SLOW;
    yieldsIn(10_000);
    taken = FAST;
    yieldsIn(1_200);
    taken = SLOW;
    gathering.run();
    taken = FAST;

    assertThat(yieldsIn(10)).isZero();
    assertThat(yieldsIn(10)).isPositive();
  }
}
