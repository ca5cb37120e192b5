package org.jcachememcached.internal.store.memcached;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class SilenceDetectorTest {

  private static final long TIMEOUT = 1000;
  private static final boolean AWAITED = true;

  private final SilenceDetector silence = new SilenceDetector(Duration.ofNanos(TIMEOUT), 0);

  @Test
  void isNoneWhereNothingIsAwaited() {
    silence.tick(5 * TIMEOUT, !AWAITED);

    assertThat(silence.isDoubtful()).isFalse();
    assertThat(silence.isTimeout()).isFalse();
  }

  @Test
  void beginsWithTheFirstQuestion() {
    silence.tick(5000, !AWAITED);
    silence.tick(5099, AWAITED);
    assertThat(silence.isDoubtful()).isFalse();

    silence.tick(5199, AWAITED);
    assertThat(silence.isDoubtful()).isTrue();
    assertThat(silence.isTimeout()).isFalse();
    assertThat(silence.since()).isEqualTo(5099);

    silence.tick(6099, AWAITED);
    assertThat(silence.isTimeout()).isTrue();
  }

  @Test
  void endsWithWhateverIsHeard() {
    silence.tick(0, AWAITED);
    silence.tick(999, AWAITED);
    silence.heard(999);

    silence.tick(1001, AWAITED);

    assertThat(silence.isTimeout()).isFalse();
    assertThat(silence.isDoubtful()).isFalse();
    assertThat(silence.wasHeardSince(998)).isTrue();
    assertThat(silence.wasHeardSince(999)).isFalse();
  }
}
