package org.jcachememcached.internal.store.memcached.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServerFactsTest {

  @ParameterizedTest
  @ValueSource(strings = {"1.6.18", "1.6.19", "1.6.21_3_gabc", "1.7.0", "2.0.0"})
  void acceptsRecentVersions(String version) {
    assertThat(new ServerFacts(version, true, true, 1).refusal()).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.6.17", "1.5.22", "0.9.99", "unknown", "1.6", ""})
  void refusesOtherVersions(String version) {
    assertThat(new ServerFacts(version, true, true, 1).refusal())
        .contains(version)
        .contains("1.6.18");
  }

  @Test
  void refusesServerWithoutCompareAndSet() {
    assertThat(new ServerFacts("1.6.18", true, false, 1).refusal()).contains("-C");
  }

  @Test
  void refusesServerThatRefusesTheLogin() {
    assertThat(new ServerFacts("unknown", false, true, 1).refusal())
        .contains("-Y")
        .contains("'username'")
        .contains("'password'");
  }
}
