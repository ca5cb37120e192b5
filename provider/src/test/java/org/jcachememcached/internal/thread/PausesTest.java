package org.jcachememcached.internal.thread;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

class PausesTest {

  private static final long NANOS = TimeUnit.MILLISECONDS.toNanos(5);

  @Test
  void anInterruptedThreadPausesAsLongAndStaysInterrupted() {
    long start = System.nanoTime();
    Thread.currentThread().interrupt();

    Pauses.pause(NANOS);

    assertThat(Thread.interrupted()).isTrue();
    assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(NANOS);
  }

  @Test
  void aThreadThatIsUnparkedPausesAsLong() {
    long start = System.nanoTime();
    LockSupport.unpark(Thread.currentThread());

    Pauses.pause(NANOS);

    assertThat(Thread.interrupted()).isFalse();
    assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(NANOS);
  }
}
