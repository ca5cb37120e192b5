package org.jcachememcached.internal.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ListenersTypeTest {

  private final ListenersType type = new ListenersType();

  @Test
  void readsListenersAndWhatIsSaidOfThem() {
    assertThat(
            type.parse(
                "a.B, a.C synchronous ,a.D filter a.E old-values,a.B old-values synchronous"))
        .containsExactly(
            new ListenerRule("a.B", false, false, ""),
            new ListenerRule("a.C", true, false, ""),
            new ListenerRule("a.D", false, true, "a.E"),
            new ListenerRule("a.B", true, true, ""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ",a.B",
        "a.B,,a.C",
        "Listener",
        "synchronous",
        "synchronous a.B",
        "a.B asynchronous",
        "a.B filter",
        "a.B filter synchronous",
        "a.B a.C",
      })
  void refusesEverythingElse(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> type.parse(text));
  }
}
