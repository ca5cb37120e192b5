package org.jcachememcached.internal.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.jcachememcached.internal.store.StoreDriver.item;
import static org.jcachememcached.internal.store.StoreDriver.text;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jcachememcached.internal.store.Reply.Status;
import org.junit.jupiter.api.Test;

/** What a get must do that sets until when the item is kept. */
interface TouchContract {

  /** As precise as the clock of a server. */
  long PRECISION_MILLIS = 2000;

  /** Speaks to the store under test. */
  StoreDriver driver();

  /** The clock of the store. */
  InstantSource clock();

  @Test
  default void touchShowsTheItemAsItWasBefore() {
    String key = driver().key("entry");
    long before = in(Duration.ofMinutes(1));
    driver().send(new Command.Set(key, new Item(7, new byte[] {1, 2}, before)));
    long cas = driver().casOf(key);

    StoredItem found = touch(key, in(Duration.ofMinutes(5)));

    assertThat(found.flags()).isEqualTo(7);
    assertThat(found.data()).containsExactly(1, 2);
    assertThat(found.cas()).isEqualTo(cas);
    assertThat(found.keepUntil()).isCloseTo(before, within(PRECISION_MILLIS));
  }

  @Test
  default void touchSetsTheEndAndNothingElse() {
    String key = driver().key("entry");
    driver().send(new Command.Set(key, item("value", in(Duration.ofMinutes(1)))));
    StoredItem before = driver().find(key);

    for (Duration duration :
        List.of(Duration.ofMinutes(5), Duration.ofSeconds(20), Duration.ofDays(29))) {
      long end = in(duration);
      touch(key, end);

      StoredItem after = driver().find(key);
      assertThat(after.keepUntil()).isCloseTo(end, within(PRECISION_MILLIS));
      assertThat(after.flags()).isEqualTo(before.flags());
      assertThat(after.data()).isEqualTo(before.data());
      assertThat(after.cas()).isEqualTo(before.cas());
    }
  }

  @Test
  default void touchCanMakeAnItemEternalAndMortalAgain() {
    String key = driver().key("entry");
    driver().send(new Command.Set(key, item("value", in(Duration.ofMinutes(1)))));

    touch(key, Item.FOREVER);
    assertThat(driver().find(key).keepUntil()).isEqualTo(Item.FOREVER);

    long end = in(Duration.ofMinutes(1));
    assertThat(touch(key, end).keepUntil()).isEqualTo(Item.FOREVER);
    assertThat(driver().find(key).keepUntil()).isCloseTo(end, within(PRECISION_MILLIS));
  }

  @Test
  default void touchOfNothingLeavesNothing() {
    String key = driver().key("entry");
    Command touch = new Command.Get(key, in(Duration.ofMinutes(1)));

    assertThat(driver().send(touch)).isEqualTo(Reply.ABSENT);
    assertThat(driver().has(key)).isFalse();
    assertThat(driver().send(new Command.Add(key, item("new")))).isEqualTo(Reply.DONE);
  }

  @Test
  default void touchesInABatchWithOthers() {
    List<String> keys = driver().storeEntries(10);
    long end = in(Duration.ofMinutes(3));
    List<Command.Get> gets = new ArrayList<>();
    for (int i = 0; i < keys.size(); i++) {
      String key = keys.get(i);
      gets.add(i % 2 == 0 ? new Command.Get(key, end) : new Command.Get(key));
    }
    gets.add(new Command.Get(driver().key("absent"), end));

    List<Reply> replies = driver().send(gets);

    assertThat(replies.get(keys.size())).isEqualTo(Reply.ABSENT);
    for (int i = 0; i < keys.size(); i++) {
      StoredItem found = Objects.requireNonNull(replies.get(i).item());
      assertThat(text(found.data())).isEqualTo(keys.get(i));
      long kept = driver().find(keys.get(i)).keepUntil();
      if (i % 2 == 0) {
        assertThat(kept).isCloseTo(end, within(PRECISION_MILLIS));
      } else {
        assertThat(kept).isEqualTo(Item.FOREVER);
      }
    }
  }

  private long in(Duration duration) {
    return clock().millis() + duration.toMillis();
  }

  private StoredItem touch(String key, long keepUntil) {
    Reply reply = driver().send(new Command.Get(key, keepUntil));
    assertThat(reply.status()).isEqualTo(Status.FOUND);
    return Objects.requireNonNull(reply.item());
  }
}
