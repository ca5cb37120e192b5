package org.jcachememcached.internal.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a store must keep of keys and items: every bit. */
interface ItemContract {

  /** Speaks to the store under test. */
  StoreDriver driver();

  @ParameterizedTest
  @ValueSource(ints = {0, 1, -1, Integer.MIN_VALUE, Integer.MAX_VALUE, 0xA5A5_A5A5})
  default void keepsAllBitsOfFlags(int flags) {
    String key = driver().key("entry");

    driver().send(new Command.Set(key, new Item(flags, new byte[] {1}, Item.FOREVER)));

    assertThat(driver().find(key).flags()).isEqualTo(flags);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 1023, 1024, 64 * 1024, 900 * 1024})
  default void keepsValuesOfAnySize(int size) {
    String key = driver().key("entry");
    byte[] data = new byte[size];
    new Random(size).nextBytes(data);

    driver().send(new Command.Set(key, new Item(7, data, Item.FOREVER)));

    assertThat(driver().find(key).data()).isEqualTo(data);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\r\n", "END\r\n", "VA 2 f0\r\nHD\r\n", "\0", "mn\r\n", " "})
  default void keepsValuesThatLookLikeProtocol(String value) {
    String key = driver().key("entry");

    driver().set(key, value);

    assertThat(driver().valueOf(key)).isEqualTo(value);
  }

  @Test
  default void tellsKeysOfGreatestLengthApart() {
    String one = driver().keyOfGreatestLength();
    String two = one.substring(0, one.length() - 1) + "2";

    driver().set(one, "one");
    driver().set(two, "two");

    assertThat(driver().valueOf(one)).isEqualTo("one");
    assertThat(driver().valueOf(two)).isEqualTo("two");
  }

  @Test
  default void tellsKeysOfAllPrintableCharactersApart() {
    List<String> keys = driver().keysOfAllPrintableCharacters();

    keys.forEach(key -> driver().set(key, key));

    assertThat(keys).allSatisfy(key -> assertThat(driver().valueOf(key)).isEqualTo(key));
  }
}
