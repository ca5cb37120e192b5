package org.jcachememcached.internal.config.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import org.jcachememcached.internal.config.Setting;
import org.jcachememcached.internal.config.SettingCatalog;
import org.jcachememcached.internal.config.Settings;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every setting from every source that it can be set from. */
class SourcesTest {

  static List<Setting<?>> defaults() {
    return SettingCatalog.ALL;
  }

  @ParameterizedTest
  @MethodSource
  void defaults(Setting<?> setting) {
    Settings settings =
        SettingsReader.read(URI.create("memcached:/"), new Properties(), Map.of(), Source.NO_FILES);

    assertThat(settings.get(setting)).isEqualTo(setting.defaultValue());
    assertThat(settings.isGiven(setting)).isFalse();
    assertThat(settings.origin(setting)).isEqualTo("the defaults");
  }

  static Stream<Arguments> isTakenFrom() {
    return pairs(true);
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource
  void isTakenFrom(Source source, Setting<?> setting, @TempDir Path directory) throws IOException {
    Object expected = setting.type().parse(Samples.textOf(setting));

    Settings settings = source.read(Samples.withCompanions(setting), directory);

    assertThat(expected).isNotEqualTo(setting.defaultValue());
    assertThat(settings.get(setting)).isEqualTo(expected);
    assertThat(settings.isGiven(setting)).isTrue();
    assertThat(settings.origin(setting)).matches(source::isOrigin);
  }

  static Stream<Arguments> isRefusedFrom() {
    return pairs(false).filter(pair -> pair.get()[0] != Source.ENVIRONMENT);
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource
  void isRefusedFrom(Source source, Setting<?> setting, @TempDir Path directory) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> source.read(Samples.withCompanions(setting), directory))
        .withMessageContaining(setting.name());
  }

  private static Stream<Arguments> pairs(boolean possible) {
    return Arrays.stream(Source.values())
        .flatMap(
            source ->
                SettingCatalog.ALL.stream()
                    .filter(setting -> source.canSet(setting) == possible)
                    .map(setting -> arguments(source, setting)));
  }
}
