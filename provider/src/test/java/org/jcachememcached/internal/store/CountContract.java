package org.jcachememcached.internal.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.jcachememcached.internal.store.StoreDriver.item;
import static org.jcachememcached.internal.store.StoreDriver.text;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jcachememcached.internal.store.Command.Count;
import org.jcachememcached.internal.store.Command.Count.Direction;
import org.jcachememcached.internal.store.Command.Count.Initial;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How a store counts: as memcached does. */
interface CountContract {

  /** As precise as the clock of a server. */
  long PRECISION_MILLIS = 2000;

  /** Speaks to the store under test. */
  StoreDriver driver();

  /** The clock of the store. */
  InstantSource clock();

  @Test
  default void countsInNothingOnlyIfItMayCreate() {
    String key = driver().key("number");

    assertThat(driver().send(up(key, 1))).isEqualTo(Reply.ABSENT);
    assertThat(driver().send(down(key, 1))).isEqualTo(Reply.ABSENT);
    assertThat(driver().has(key)).isFalse();

    assertThat(driver().send(creating(key, Direction.UP, 5, Item.FOREVER)))
        .isEqualTo(Reply.counted(5));
    assertThat(driver().send(creating(key, Direction.UP, 5, Item.FOREVER)))
        .isEqualTo(Reply.counted(8));
    assertThat(driver().send(creating(key, Direction.DOWN, 5, Item.FOREVER)))
        .isEqualTo(Reply.counted(5));
    assertThat(driver().find(key).flags()).isEqualTo(Count.FLAGS);
    assertThat(driver().find(key).keepUntil()).isEqualTo(Item.FOREVER);
  }

  @Test
  default void createsItemThatEnds() {
    String key = driver().key("number");
    long end = clock().millis() + Duration.ofMinutes(3).toMillis();

    driver().send(creating(key, Direction.DOWN, 7, end));

    assertThat(driver().valueOf(key)).isEqualTo("7");
    assertThat(driver().find(key).keepUntil()).isCloseTo(end, within(PRECISION_MILLIS));
  }

  @Test
  default void countingKeepsFlagsAndTime() {
    String key = driver().key("number");
    long end = clock().millis() + Duration.ofMinutes(3).toMillis();
    driver().send(new Command.Set(key, new Item(77, new byte[] {'9'}, end)));
    long cas = driver().casOf(key);

    assertThat(driver().send(up(key, 1))).isEqualTo(Reply.counted(10));
    assertThat(driver().send(creating(key, Direction.UP, 0, Item.FOREVER)))
        .isEqualTo(Reply.counted(13));

    StoredItem counted = driver().find(key);
    assertThat(counted.flags()).isEqualTo(77);
    assertThat(counted.keepUntil()).isCloseTo(end, within(PRECISION_MILLIS));
    assertThat(counted.cas()).isNotEqualTo(cas);
  }

  @Test
  default void stopsAtZeroAndWrapsBehindSixtyFourBits() {
    String key = driver().key("number");
    driver().set(key, "10");

    assertThat(driver().send(down(key, 1))).isEqualTo(Reply.counted(9));
    // The item may be as long as before.
    assertThat(text(driver().find(key).data()).strip()).isEqualTo("9");
    assertThat(driver().send(down(key, 100))).isEqualTo(Reply.counted(0));

    driver().set(key, "9223372036854775807");
    assertThat(driver().send(up(key, 1))).isEqualTo(Reply.counted(Long.MIN_VALUE));
    assertThat(driver().send(down(key, 1))).isEqualTo(Reply.counted(Long.MAX_VALUE));

    driver().set(key, "18446744073709551615");
    assertThat(driver().send(up(key, 0))).isEqualTo(Reply.counted(-1));
    assertThat(driver().send(up(key, 3))).isEqualTo(Reply.counted(2));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "x", "-1", "1.5", "1x", "18446744073709551616", "\0\0\0\0\0\0\0\0", "\u00805"})
  default void leavesWhatIsNoNumber(String value) {
    String key = driver().key("number");
    driver().set(key, value);

    assertThat(driver().send(up(key, 1))).isEqualTo(Reply.NOT_A_NUMBER);
    assertThat(driver().send(creating(key, Direction.DOWN, 1, Item.FOREVER)))
        .isEqualTo(Reply.NOT_A_NUMBER);
    assertThat(driver().valueOf(key)).isEqualTo(value);
  }

  @Test
  default void countsInBatchWithOthers() {
    List<Command> batch = new ArrayList<>();
    List<Reply> expected = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      String key = driver().key("entry" + i);
      driver().set(key, i % 3 == 0 ? "text" : "" + i);
      batch.add(i % 5 == 0 ? new Command.Set(key, item("new")) : up(key, 1));
      Reply counted = i % 3 == 0 ? Reply.NOT_A_NUMBER : Reply.counted(i + 1);
      expected.add(i % 5 == 0 ? Reply.DONE : counted);
    }

    assertThat(driver().send(batch)).isEqualTo(expected);
  }

  private static Command up(String key, long delta) {
    return new Count(key, Direction.UP, delta, null);
  }

  private static Command down(String key, long delta) {
    return new Count(key, Direction.DOWN, delta, null);
  }

  private static Command creating(String key, Direction direction, long initial, long keepUntil) {
    return new Count(key, direction, 3, new Initial(initial, keepUntil));
  }
}
