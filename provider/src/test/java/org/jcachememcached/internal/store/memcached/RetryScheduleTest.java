package org.jcachememcached.internal.store.memcached;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RetryScheduleTest {

  private static final Duration SECOND = Duration.ofSeconds(1);

  private final RetrySchedule schedule = new RetrySchedule();

  /** Any value: nanoTime begins anywhere, and wraps. */
  private long nanoTime = Long.MAX_VALUE - SECOND.toNanos();

  @Test
  void lostConnectionIsTriedAgainAfterSecond() {
    for (int i = 0; i < 10; i++) {
      assertThat(schedule.pauseAfterEnd(nanoTime)).isEqualTo(SECOND);
      pass(SECOND);
    }
  }

  @Test
  void refusalThatTimeMayMendIsTriedAgainAfterSecond() {
    for (int i = 0; i < 10; i++) {
      schedule.refusedForNow(nanoTime);
      assertThat(secondsUntilDue()).isEqualTo(1);
      assertThat(schedule.pauseAfterEnd(nanoTime)).isZero();
    }
  }

  @Test
  void refusalThatOnlyPersonCanMendIsTriedAgainLaterAndLater() {
    List<Integer> seconds = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      schedule.refused(nanoTime);
      seconds.add(secondsUntilDue());
      assertThat(schedule.pauseAfterEnd(nanoTime)).isZero();
    }

    assertThat(seconds).containsExactly(1, 2, 4, 8, 16, 30, 30, 30);
  }

  @Test
  void serverThatClosesWhatItRefusesIsLeftAloneAsLong() {
    List<Long> seconds = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      schedule.refused(nanoTime);
      Duration pause = schedule.pauseAfterEnd(nanoTime);
      seconds.add(pause.toSeconds());
      pass(pause);
    }

    assertThat(seconds).containsExactly(1L, 2L, 4L, 8L, 16L, 30L, 30L, 30L);
  }

  @Test
  void serverThatWasRestartedAfterItsRefusalIsTriedAgainAfterSecond() {
    refuseOften();
    pass(SECOND.multipliedBy(5));

    assertThat(schedule.pauseAfterEnd(nanoTime)).isEqualTo(SECOND);
    assertThat(schedule.isRefused()).isFalse();
  }

  @Test
  void beginsAnewWhenServerWasOfUse() {
    refuseOften();
    schedule.accepted();

    schedule.refused(nanoTime);

    assertThat(secondsUntilDue()).isEqualTo(1);
  }

  @Test
  void beginsAnewWhenServerCouldNotBeReached() {
    refuseOften();
    schedule.pauseAfterEnd(nanoTime);
    schedule.pauseAfterEnd(nanoTime);

    schedule.refused(nanoTime);

    assertThat(secondsUntilDue()).isEqualTo(1);
  }

  private void refuseOften() {
    for (int i = 0; i < 10; i++) {
      schedule.refused(nanoTime);
    }
  }

  private int secondsUntilDue() {
    int seconds = 0;
    while (!schedule.isDue(nanoTime)) {
      pass(SECOND);
      seconds++;
    }
    return seconds;
  }

  private void pass(Duration time) {
    nanoTime += time.toNanos();
  }
}
