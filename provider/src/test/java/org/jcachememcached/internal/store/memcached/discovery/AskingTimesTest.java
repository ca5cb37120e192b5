package org.jcachememcached.internal.store.memcached.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class AskingTimesTest {

  private static final double MEAN = 0.5;

  // The clock of the JVM may be about to overflow.
  private long now = Long.MAX_VALUE - Duration.ofSeconds(2).toNanos();
  private double random = MEAN;
  private final AskingTimes times = times(Duration.ofSeconds(30));

  private AskingTimes times(Duration interval) {
    return new AskingTimes(interval, () -> now, () -> random);
  }

  private void passes(Duration time) {
    now += time.toNanos();
  }

  private static long secondsLeft(AskingTimes times) {
    return Math.round(times.nanosLeft() / 1e9);
  }

  private void askedAndAnswered() {
    times.asked();
    times.answered();
  }

  @Test
  void asksAtOnceAndThenAtIntervals() {
    assertThat(times.nanosLeft()).isNotPositive();

    askedAndAnswered();
    assertThat(secondsLeft(times)).isEqualTo(30);

    passes(Duration.ofSeconds(29));
    assertThat(secondsLeft(times)).isEqualTo(1);
    passes(Duration.ofSeconds(1));
    assertThat(times.nanosLeft()).isNotPositive();
  }

  @Test
  void theIntervalVariesByATenth() {
    random = 0;
    askedAndAnswered();
    assertThat(secondsLeft(times)).isEqualTo(27);

    random = 1;
    askedAndAnswered();
    assertThat(secondsLeft(times)).isEqualTo(33);
  }

  @Test
  void aRequestIsDueAtOnceButASecondAfterTheLastQuestion() {
    askedAndAnswered();

    passes(Duration.ofMillis(400));
    times.request();
    assertThat(times.nanosLeft()).isEqualTo(Duration.ofMillis(600).toNanos());

    passes(Duration.ofSeconds(9));
    assertThat(times.nanosLeft()).isNotPositive();
  }

  @Test
  void aRequestDuringAQuestionOutlivesItsAnswer() {
    times.asked();
    times.request();
    times.answered();

    assertThat(secondsLeft(times)).isEqualTo(1);
    passes(Duration.ofSeconds(1));
    askedAndAnswered();
    assertThat(secondsLeft(times)).isEqualTo(30);
  }

  @Test
  void aRequestDelaysNothing() {
    askedAndAnswered();
    passes(Duration.ofMillis(29_900));

    times.request();

    assertThat(times.nanosLeft()).isNotPositive();
  }

  @Test
  void asksSoonerAfterAFailureAndMoreSeldomAfterSeveral() {
    for (int pause : new int[] {1, 2, 4, 8, 16, 30, 30}) {
      times.asked();
      times.failed();
      assertThat(secondsLeft(times)).isEqualTo(pause);
      passes(Duration.ofSeconds(pause));
    }

    askedAndAnswered();
    times.asked();
    times.failed();
    assertThat(secondsLeft(times)).isEqualTo(1);
  }

  @Test
  void aPauseAfterAFailureIsNeverLongerThanTheInterval() {
    AskingTimes often = times(Duration.ofMillis(100));
    for (int i = 0; i < 3; i++) {
      often.asked();
      often.failed();
      assertThat(often.nanosLeft()).isEqualTo(Duration.ofMillis(100).toNanos());
      passes(Duration.ofMillis(100));
    }
    often.asked();
    often.request();
    assertThat(often.nanosLeft()).isEqualTo(Duration.ofMillis(100).toNanos());
  }

  @Test
  void aQuestionThatTakesLongCountsFromItsBeginning() {
    times.asked();
    passes(Duration.ofSeconds(40));
    times.answered();
    assertThat(times.nanosLeft()).isNotPositive();
  }
}
