package org.jcachememcached.internal.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.jcachememcached.internal.store.StoreDriver.item;

import java.time.Duration;
import java.time.InstantSource;
import org.jcachememcached.internal.store.Command.Append;
import org.jcachememcached.internal.store.Command.Append.Side;
import org.junit.jupiter.api.Test;

/** How a store adds to the data of an item. */
interface AppendContract {

  /** Speaks to the store under test. */
  StoreDriver driver();

  /** The clock of the store. */
  InstantSource clock();

  @Test
  default void appendsNothingToNothing() {
    String key = driver().key("entry");

    assertThat(driver().send(new Append(key, item("b"), Side.BACK))).isEqualTo(Reply.NOT_STORED);
    assertThat(driver().send(new Append(key, item("b"), Side.FRONT))).isEqualTo(Reply.NOT_STORED);
    assertThat(driver().has(key)).isFalse();
  }

  @Test
  default void appendsAtEitherEndAndKeepsFlagsAndTime() {
    String key = driver().key("entry");
    long end = clock().millis() + Duration.ofMinutes(3).toMillis();
    driver().send(new Command.Set(key, new Item(77, new byte[] {'b'}, end)));
    long cas = driver().casOf(key);

    assertThat(driver().send(new Append(key, item("cd"), Side.BACK))).isEqualTo(Reply.DONE);
    assertThat(driver().send(new Append(key, item("a"), Side.FRONT))).isEqualTo(Reply.DONE);
    assertThat(driver().send(new Append(key, item(""), Side.FRONT))).isEqualTo(Reply.DONE);
    assertThat(driver().send(new Append(key, item("\r\n"), Side.BACK))).isEqualTo(Reply.DONE);

    StoredItem whole = driver().find(key);
    assertThat(StoreDriver.text(whole.data())).isEqualTo("abcd\r\n");
    assertThat(whole.flags()).isEqualTo(77);
    assertThat(whole.keepUntil()).isCloseTo(end, within(2000L));
    assertThat(whole.cas()).isNotEqualTo(cas);
  }
}
