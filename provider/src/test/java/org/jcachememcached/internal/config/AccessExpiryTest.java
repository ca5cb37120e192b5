package org.jcachememcached.internal.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AccessExpiryTest {

  @ParameterizedTest
  @CsvSource({
    "AUTO, PT59.999S, false",
    "AUTO, PT1M, true",
    "AUTO, P365D, true",
    "AUTO, P366D, false",
    "SERVER, PT0S, false",
    "SERVER, PT0.001S, true",
    "SERVER, P365D, true",
    "SERVER, P366D, false",
    "EXACT, PT1H, false",
  })
  void leavesToTheServerWhatItCanKeep(AccessExpiry setting, Duration duration, boolean left) {
    assertThat(setting.isLeftToServer(duration.toMillis())).isEqualTo(left);
  }
}
