package org.jcachememcached.internal.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EditDistanceTest {

  @ParameterizedTest
  @CsvSource({
    "'', '', 0",
    "'', abc, 3",
    "timeout, timeout, 0",
    "timout, timeout, 1",
    "timeoutt, timeout, 1",
    "tineout, timeout, 1",
    "page_sice, page.size, 2",
    "kitten, sitting, 3",
  })
  void countsEdits(String one, String other, int edits) {
    assertThat(EditDistance.between(one, other)).isEqualTo(edits);
    assertThat(EditDistance.between(other, one)).isEqualTo(edits);
  }

  @Test
  void nearestNeedsFewestEditsAndIsFirstOfSeveral() {
    assertThat(EditDistance.nearest("bat", List.of("boats", "cat", "rat"))).isEqualTo("cat");
  }
}
