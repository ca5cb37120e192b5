package org.jcachememcached.store.memcached;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BreakerTest {

  private final AtomicLong nanoTime = new AtomicLong(System.nanoTime());
  private final Breaker breaker = new Breaker(new Uptime(nanoTime::get, Duration.ofMillis(1)));
  private final long now = nanoTime.get();

  @Test
  void opensForServerThatWasSilentSinceTheOperationBegan() {
    breaker.heard();

    assertThat(breaker.expired(now)).isTrue();
  }

  @Test
  void staysClosedForServerThatAnswersOthers() {
    nanoTime.incrementAndGet();
    breaker.heard();

    assertThat(breaker.expired(now)).isFalse();
  }

  @Test
  void opensForServerThatIsTooSlowEveryTime() {
    nanoTime.incrementAndGet();
    breaker.heard();

    assertThat(IntStream.range(0, 7).mapToObj(i -> breaker.expired(now))).containsOnly(false);
    assertThat(breaker.expired(now)).isTrue();
  }

  @Test
  void forgetsSlownessWithOneAnswerInTime() {
    nanoTime.incrementAndGet();
    breaker.heard();
    IntStream.range(0, 7).forEach(i -> breaker.expired(now));

    breaker.answeredInTime();

    assertThat(breaker.expired(now)).isFalse();
  }
}
