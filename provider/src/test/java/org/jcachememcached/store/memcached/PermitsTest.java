package org.jcachememcached.store.memcached;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PermitsTest {

  private final Permits permits =
      new Permits(2, 100, new Uptime(System::nanoTime, Duration.ofSeconds(1)));

  @Test
  void boundsRequests() {
    assertThat(permits.acquire(1)).isTrue();
    assertThat(permits.acquire(1)).isTrue();
    assertThat(permits.acquire(1)).isFalse();

    permits.release(1);
    assertThat(permits.acquire(1)).isTrue();
  }

  @Test
  void boundsBytes() {
    assertThat(permits.acquire(101)).isFalse();
    assertThat(permits.acquire(60)).isTrue();
    assertThat(permits.acquire(41)).isFalse();
    assertThat(permits.acquire(40)).isTrue();
  }

  @Test
  void takesNothingForWhatItRefuses() {
    permits.acquire(60);
    permits.acquire(60);

    assertThat(permits.requests()).isEqualTo(1);
    assertThat(permits.bytes()).isEqualTo(60);
    permits.release(60);
    assertThat(permits.requests()).isZero();
    assertThat(permits.bytes()).isZero();
  }

  @Test
  void namesTheLimitsAndTheirSettings() {
    permits.acquire(60);

    assertThat(permits.toString())
        .isEqualTo(
            "1 requests of 60 bytes, allowed are 2 (setting 'max.requests') and 100"
                + " (setting 'max.bytes')");
  }
}
