package org.jcachememcached.internal.store.memcached;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.jcachememcached.internal.store.memcached.CircuitBreaker.Verdict;
import org.junit.jupiter.api.Test;

class CircuitBreakerTest {

  private final CircuitBreaker breaker = new CircuitBreaker();

  @Test
  void givesUpConnectionThatIsSilentWhileOthersAnswer() {
    assertThat(breaker.silent(true, false)).isEqualTo(Verdict.CONNECTION);
  }

  @Test
  void givesUpServerWhenEveryConnectionIsSilent() {
    assertThat(breaker.silent(false, false)).isEqualTo(Verdict.SERVER);
  }

  @Test
  void triesAnotherConnectionWhereThereIsOnlyOne() {
    assertThat(breaker.silent(false, true)).isEqualTo(Verdict.CONNECTION);
  }

  @Test
  void givesUpServerThatIsTooSlowEveryTime() {
    assertThat(IntStream.range(0, 7).mapToObj(i -> breaker.tooSlow()))
        .containsOnly(Verdict.NOTHING);
    assertThat(breaker.tooSlow()).isEqualTo(Verdict.SERVER);
  }

  @Test
  void forgetsSlownessWithOneAnswerInTime() {
    IntStream.range(0, 7).forEach(i -> breaker.tooSlow());

    breaker.answeredInTime();

    assertThat(breaker.tooSlow()).isEqualTo(Verdict.NOTHING);
  }
}
