package org.jcachememcached.store.memcached;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class TickerTest {

  /** Whoever logs it fails as well. */
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
    try (Ticker ticker =
        new Ticker(
            "test",
            Duration.ofMillis(1),
            unused -> {
              ticks.countDown();
              throw new Unprintable();
            })) {
      ticker.start();

      assertThat(ticks.await(10, TimeUnit.SECONDS)).isTrue();
    }
  }
}
