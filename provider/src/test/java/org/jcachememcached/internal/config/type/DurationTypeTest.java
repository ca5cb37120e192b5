package org.jcachememcached.internal.config.type;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationTypeTest {

  private final DurationType type = new DurationType(Duration.ofMillis(10), Duration.ofHours(1));

  @ParameterizedTest
  @CsvSource({
    "10ms, 10",
    "500ms, 500",
    "500 ms, 500",
    "' 2s ', 2000",
    "90s, 90000",
    "1m, 60000",
    "1h, 3600000",
    "250 ms, 250",
    "20 milliseconds, 20",
    "1 second, 1000",
    "30 seconds, 30000",
    "1 min, 60000",
    "1 minute, 60000",
    "5 minutes, 300000",
    "1 hour, 3600000",
    "PT0.5S, 500",
    "pt1m30s, 90000",
  })
  void parses(String text, long millis) {
    assertThat(type.parse(text)).isEqualTo(Duration.ofMillis(millis));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "500",
        "s",
        "1.5s",
        "-1s",
        "1d",
        "2 days",
        "1 week",
        "1S",
        "9ms",
        "61m",
        "2h",
        "PT2H",
        "PT-1S",
        "P1Y",
        "999999999999999999999s",
        "PT999999999999999999999S",
        "one second",
      })
  void refuses(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> type.parse(text));
  }

  @ParameterizedTest
  @CsvSource({
    "PT0S, PT1M, 0s, 1m",
    "PT0.01S, PT1.5S, 10ms, 1500ms",
    "PT1S, PT90S, 1s, 90s",
    "PT1M, PT2H, 1m, 2h",
    "PT1M, PT90M, 1m, 90m",
    "PT24H, PT25H, 1d, 25h",
    "PT0.001S, P3650D, 1ms, 3650d",
  })
  void namesItsRange(Duration min, Duration max, String minText, String maxText) {
    assertThat(new DurationType(min, max).allowed())
        .isEqualTo(
            "a duration from %s to %s, written like 500ms, 30s, 5m, 12h, 7d, 250 ms, 30 seconds,"
                    .formatted(minText, maxText)
                + " 5 minutes, 1 hour, 2 days or PT0.5S");
  }
}
