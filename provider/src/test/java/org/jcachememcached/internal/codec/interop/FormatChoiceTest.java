package org.jcachememcached.internal.codec.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import java.util.Map;
import java.util.Properties;
import org.jcachememcached.api.ItemFormat;
import org.jcachememcached.internal.config.Settings;
import org.jcachememcached.internal.config.source.SettingsReader;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FormatChoiceTest {

  @ParameterizedTest
  @CsvSource({
    "codec=java, ENVELOPE",
    "codec=com.acme.Own, ENVELOPE",
    "codec=string, PLAIN",
    "codec=bytes, PLAIN",
    "codec=json, PLAIN",
    "codec=json&format=envelope&compression.type=gzip&key.strategy=hash, ENVELOPE",
    "codec=string&format=python&compression.type=zlib, PYTHON",
    "codec=string&format=php&compression.type=zlib, PHP",
    "codec=string&format=plain&key.strategy=string, PLAIN"
  })
  void choosesFormat(String query, ItemFormat format) {
    assertThat(choose(query)).isEqualTo(format);
  }

  @ParameterizedTest
  @CsvSource({
    "format=php, the codec java",
    "format=plain&codec=com.acme.Own, the codec com.acme.Own",
    "codec=string&compression.type=zlib, compression.type=zlib: it has no mark",
    "codec=string&format=php&compression.type=zstd, compression.type=zstd: its clients read zlib",
    "codec=string&format=python&compression.type=gzip, compression.type=gzip: its clients read"
        + " zlib",
    "codec=string&key.strategy=hash, key.strategy=hash",
    "codec=string&clear=generation, clear=generation",
    "codec=string&fallback.servers=old:11211, fallback.servers"
  })
  void refusesWhatDoesNotGoTogether(String query, String reason) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> choose(query))
        .withMessageStartingWith("The setting format is ")
        .withMessageContaining("which does not go with " + reason)
        .withMessageEndingWith("format=envelope goes with all");
  }

  private static ItemFormat choose(String query) {
    return FormatChoice.of(settings(query));
  }

  private static Settings settings(String query) {
    return SettingsReader.read(
        URI.create("memcached://new:11211?" + query),
        new Properties(),
        Map.of(),
        FormatChoiceTest.class.getClassLoader());
  }
}
