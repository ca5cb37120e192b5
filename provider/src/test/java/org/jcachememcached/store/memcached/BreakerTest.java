package org.jcachememcached.store.memcached;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BreakerTest {

  private final Breaker breaker = new Breaker();
  private final long now = System.nanoTime();

  @Test
  void opensForServerThatWasSilentSinceTheOperationBegan() {
    breaker.heard(now - 1);

    assertThat(breaker.expired(now)).isTrue();
  }

  @Test
  void staysClosedForServerThatAnswersOthers() {
    breaker.heard(now + 1);

    assertThat(breaker.expired(now)).isFalse();
  }

  @Test
  void opensForServerThatIsTooSlowEveryTime() {
    breaker.heard(now + 1);

    assertThat(IntStream.range(0, 7).mapToObj(i -> breaker.expired(now))).containsOnly(false);
    assertThat(breaker.expired(now)).isTrue();
  }

  @Test
  void forgetsSlownessWithOneAnswerInTime() {
    breaker.heard(now + 1);
    IntStream.range(0, 7).forEach(i -> breaker.expired(now));

    breaker.answeredInTime();

    assertThat(breaker.expired(now)).isFalse();
  }
}
