package org.jcachememcached.internal.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingTest {

  static List<Setting<?>> all() {
    return SettingCatalog.ALL;
  }

  @ParameterizedTest
  @MethodSource("all")
  void defaultIsAllowed(Setting<?> setting) {
    assertThatCode(() -> setting.valueOf(null)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @MethodSource("all")
  void meaningIsOneSentence(Setting<?> setting) {
    assertThat(setting.meaning()).matches("[A-Z].*[^.]\\.");
  }

  @ParameterizedTest
  @MethodSource("all")
  void isFoundByItsName(Setting<?> setting) {
    assertThat(SettingCatalog.named(setting.name(), "a test")).isSameAs(setting);
    assertThat(setting.propertyName()).isEqualTo("memcached." + setting.name());
  }

  @Test
  void namesAreDistinct() {
    assertThat(SettingCatalog.ALL).extracting(Setting::name).doesNotHaveDuplicates();
  }

  // In a file, a name with dots is a block in a block: it cannot be a value as well.
  @ParameterizedTest
  @MethodSource("all")
  void nameIsNotTheBeginningOfAnother(Setting<?> setting) {
    assertThat(SettingCatalog.isBeginningOfName(setting.name())).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"template", "templates", "cache", "caches"})
  void wordsOfStructureAreNoNames(String word) {
    assertThat(SettingCatalog.ALL)
        .extracting(Setting::name)
        .noneMatch(name -> name.equals(word) || name.startsWith(word + "."));
  }
}
