package org.jcachememcached.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.jcachememcached.testing.Samples.forAll;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SamplesTest {

  @Test
  void valuesAreTheSameInEachRun() {
    List<Object> first = new ArrayList<>();
    List<Object> second = new ArrayList<>();

    forAll(samples -> first.add(samples.text() + samples.anyLong()));
    forAll(samples -> second.add(samples.text() + samples.anyLong()));

    assertThat(second).hasSize(1_000).isEqualTo(first);
  }

  @Test
  void aFailureNamesTheValuesAndTheSeed() {
    AtomicInteger tries = new AtomicInteger();

    assertThatThrownBy(
            () ->
                forAll(
                    samples -> {
                      samples.of("a\u00e9");
                      samples.list(0, Samples::anyInt);
                      assertThat(tries.incrementAndGet()).isLessThan(43);
                    }))
        .isInstanceOf(AssertionError.class)
        .hasMessageContainingAll("[\"a\\u00e9\", []]", "-Dsamples.seed=42", "less than");
  }

  @Test
  void edgesAreAmongTheValues() {
    Set<Object> values = new HashSet<>();
    forAll(
        samples -> {
          values.add(samples.anyLong());
          values.add(samples.anyInt());
          values.add(samples.anyByte());
          values.add(samples.text());
          values.add(samples.bytes().length);
        });

    assertThat(values)
        .contains(Long.MIN_VALUE, Long.MAX_VALUE, 0L, Integer.MIN_VALUE, Integer.MAX_VALUE, 0)
        .contains(Byte.MIN_VALUE, Byte.MAX_VALUE, (byte) 0, "", 255);
  }
}
