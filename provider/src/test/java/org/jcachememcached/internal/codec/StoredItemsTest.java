package org.jcachememcached.internal.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jcachememcached.internal.codec.StoredItems.Item;
import org.jcachememcached.internal.codec.StoredItems.Sample;
import org.jcachememcached.internal.codec.envelope.Envelope;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a release has stored is in the stores of users, and every later release reads it. */
class StoredItemsTest {

  private static final String PROMISE =
      "The format of '%s' has changed: releases could no longer read each other's entries. Take the"
          + " change back, or give the new format a new id or a new version beside the old one.";

  private static final Map<String, Item> STORED =
      StoredItems.stored().stream()
          .collect(Collectors.toUnmodifiableMap(Item::name, Function.identity()));

  static List<Sample> samples() {
    return StoredItems.samples();
  }

  static List<Sample> samplesThatAreAlwaysWrittenAlike() {
    return samples().stream().filter(Sample::isAlwaysWrittenAlike).toList();
  }

  @Test
  void everySampleIsStored() {
    assertThat(samples())
        .extracting(Sample::name)
        .describedAs("To add a sample, add its line: %s", missingLines())
        .containsExactlyInAnyOrderElementsOf(STORED.keySet());
  }

  private static List<Item> missingLines() {
    return samples().stream()
        .filter(sample -> !STORED.containsKey(sample.name()))
        .map(Sample::written)
        .toList();
  }

  @ParameterizedTest
  @MethodSource("samples")
  void whatWasStoredIsRead(Sample sample) {
    Item item = stored(sample);
    Envelope envelope = Envelope.open(item.flags(), item.data());

    assertThat(sample.keys().decode(item.wire(), envelope.key()))
        .describedAs(PROMISE, sample)
        .isEqualTo(sample.key());
    assertThat(envelope.value(sample.values()))
        .describedAs(PROMISE, sample)
        .isEqualTo(sample.value())
        .hasSameClassAs(sample.value());
    assertThat(envelope.deadline()).describedAs(PROMISE, sample).isEqualTo(sample.deadline());
    assertThat(envelope.writeId()).describedAs(PROMISE, sample).isEqualTo(sample.writeId());
    assertThat(envelope.tags()).describedAs(PROMISE, sample).isEqualTo(sample.tags());
  }

  @ParameterizedTest
  @MethodSource("samplesThatAreAlwaysWrittenAlike")
  void whatIsWrittenIsWhatWasStored(Sample sample) {
    assertThat(sample.written())
        .describedAs(PROMISE, sample)
        .hasToString(stored(sample).toString());
  }

  private static Item stored(Sample sample) {
    return Objects.requireNonNull(STORED.get(sample.name()), () -> "No item is " + sample);
  }
}
