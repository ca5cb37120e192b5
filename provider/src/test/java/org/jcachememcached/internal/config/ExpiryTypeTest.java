package org.jcachememcached.internal.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.jcachememcached.internal.config.ExpiryRule.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExpiryTypeTest {

  private final ExpiryType type = new ExpiryType();

  @ParameterizedTest
  @CsvSource({
    "eternal, ETERNAL, PT0S",
    "created 1 hour, CREATED, PT1H",
    "' accessed  30 s ', ACCESSED, PT30S",
    "modified 5 minutes, MODIFIED, PT5M",
    "touched 1ms, TOUCHED, PT0.001S",
    "touched 3650d, TOUCHED, PT87600H",
    "created PT0.5S, CREATED, PT0.5S",
  })
  void readsWordsAndDurations(String text, Kind kind, Duration duration) {
    assertThat(type.parse(text)).isEqualTo(new ExpiryRule(kind, duration, ""));
  }

  @Test
  void readsClassNames() {
    assertThat(type.parse("com.acme.Shop$Policy"))
        .isEqualTo(new ExpiryRule(Kind.CLASS, Duration.ZERO, "com.acme.Shop$Policy"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "never",
        "Policy",
        "created",
        "created 0s",
        "created 3651 days",
        "created 1 fortnight",
        "Created 1 s",
        "eternal 1 s",
        "1 hour",
        "com.acme.Policy 1s",
      })
  void refusesEverythingElse(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> type.parse(text));
  }

  @Test
  void saysWhatIsAllowed() {
    assertThat(type.allowed())
        .isEqualTo(
            "eternal; or created, accessed, modified or touched, and a duration from 1ms to 3650d,"
                + " written like 500ms, 30s, 5m, 12h, 7d, 250 ms, 30 seconds, 5 minutes, 1 hour,"
                + " 2 days or PT0.5S; or the full name of a class that is an ExpiryPolicy or a"
                + " Factory of one");
  }
}
