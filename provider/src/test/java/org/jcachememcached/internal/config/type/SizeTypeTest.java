package org.jcachememcached.internal.config.type;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SizeTypeTest {

  private final SizeType type = new SizeType(1L << 20, 1L << 40);

  @ParameterizedTest
  @CsvSource({
    "1048576, 1048576",
    "1024KiB, 1048576",
    "64MiB, 67108864",
    "' 64 MiB ', 67108864",
    "1024GiB, 1099511627776",
  })
  void readsBytesWithAndWithoutUnit(String text, long bytes) {
    assertThat(type.parse(text)).isEqualTo(bytes);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "MiB", "-1", "1MB", "1.5MiB", "1023KiB", "1025GiB", "9999999999999"})
  void refusesEverythingElse(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> type.parse(text));
  }

  @Test
  void saysWhatIsAllowed() {
    assertThat(type.allowed()).startsWith("a number of bytes from 1MiB to 1024GiB, written like");
  }
}
