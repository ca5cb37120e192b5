package org.jcachememcached.internal.thread;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class UptimeClockTest {

  private static final long STEP = 100;

  /** Any value: nanoTime begins anywhere, and wraps. */
  private final AtomicLong nanoTime = new AtomicLong(Long.MAX_VALUE - 50);

  private final UptimeClock uptime = new UptimeClock(nanoTime::get, Duration.ofNanos(STEP));
  private final long begun = uptime.now();

  @Test
  void goesWithTheClockBetweenTicks() {
    nanoTime.addAndGet(30);
    assertPassed(30);

    nanoTime.addAndGet(70);
    assertPassed(100);
  }

  @Test
  void doesNotCountWhatIsLongerThanStep() {
    nanoTime.addAndGet(4_000);
    assertPassed(STEP);

    uptime.tick();
    assertPassed(STEP);

    nanoTime.addAndGet(7);
    assertPassed(STEP + 7);
  }

  @Test
  void goesOnWhereEveryTickIsLate() {
    for (int i = 1; i <= 10; i++) {
      nanoTime.addAndGet(3 * STEP);
      uptime.tick();
      assertPassed(i * STEP);
    }
  }

  private void assertPassed(long nanos) {
    assertThat(uptime.now() - begun).isEqualTo(nanos);
  }
}
