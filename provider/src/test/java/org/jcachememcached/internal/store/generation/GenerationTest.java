package org.jcachememcached.internal.store.generation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.stream.Stream;
import org.jcachememcached.internal.store.Command;
import org.jcachememcached.internal.store.Item;
import org.jcachememcached.internal.store.StoreException;
import org.jcachememcached.internal.store.StoredItem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GenerationTest {

  @Test
  void isReadAsItWasStored() {
    Generation generation = Generation.random();
    Item item = generation.item();

    assertThat(item.keepUntil()).isEqualTo(Item.FOREVER);
    assertThat(Generation.of("key", new StoredItem(item.flags(), item.data(), 1, item.keepUntil())))
        .isEqualTo(generation);
  }

  @Test
  void isNeverTheSame() {
    assertThat(Stream.generate(Generation::random).limit(10_000)).doesNotHaveDuplicates();
  }

  @Test
  void itsMaskLeavesNoTokenThatNoEntryHas() {
    assertThat(Stream.generate(Generation::random).limit(1000))
        .allSatisfy(
            generation -> {
              assertThat(generation.text()).hasSize(Generation.LENGTH);
              assertThat(1L ^ generation.casMask()).isNotEqualTo(Command.NO_CAS);
              assertThat(Long.MAX_VALUE ^ generation.casMask()).isNotEqualTo(Command.NO_CAS);
            });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "AAAAAAAAAA", "AAAAAAAAAAAA", "AAAAA AAAAA", "AAAAAAAAAA\n", "AAAA+/AAAAA"})
  void nothingElseIsTakenForOne(String text) {
    StoredItem foreign = new StoredItem(0, text.getBytes(UTF_8), 1, Item.FOREVER);

    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(() -> Generation.of("app:cache:generation", foreign))
        .withMessageContaining("'app:cache:generation'");
  }
}
