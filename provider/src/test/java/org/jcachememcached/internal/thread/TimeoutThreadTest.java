package org.jcachememcached.internal.thread;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class TimeoutThreadTest {

  /** Logging it fails as well. */
  private static final class Unprintable extends Error {

    private static final long serialVersionUID = 1L;

    @Override
    public String getMessage() {
      throw new OutOfMemoryError("in the log");
    }
  }

  @Test
  void goesOnWhateverIsThrownAndThoughItCannotBeLogged() throws InterruptedException {
    CountDownLatch ticks = new CountDownLatch(3);
    try (TimeoutThread timeoutThread =
        new TimeoutThread(
            "test",
            Duration.ofMillis(1),
            unused -> {
              ticks.countDown();
              throw new Unprintable();
            })) {
      timeoutThread.start();

      assertThat(ticks.await(10, TimeUnit.SECONDS)).isTrue();
    }
  }
}
