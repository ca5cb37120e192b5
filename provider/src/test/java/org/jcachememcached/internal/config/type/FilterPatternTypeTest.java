package org.jcachememcached.internal.config.type;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FilterPatternTypeTest {

  private final FilterPatternType type = new FilterPatternType();

  @ParameterizedTest
  @CsvSource({
    "'', ''",
    "' ; ', ''",
    "*, *",
    "!*, !*",
    "com.acme.Order$Line, com.acme.Order$Line",
    "' com.acme.** ;\n java.base/*; !*;', com.acme.**;java.base/*;!*",
  })
  void takes(String text, String patterns) {
    assertThat(type.parse(text)).isEqualTo(patterns);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "maxdepth=5",
        "com.acme.*;maxbytes=1",
        "!",
        "a.*b",
        ".*",
        "! *",
        "**",
        "a**",
        "java.base/**",
        "a b",
        "/x"
      })
  void refuses(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> type.parse(text));
  }
}
