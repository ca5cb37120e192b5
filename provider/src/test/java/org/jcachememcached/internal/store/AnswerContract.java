package org.jcachememcached.internal.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jcachememcached.internal.store.Reply.Status;
import org.junit.jupiter.api.Test;

/** What a store answers to gets of more than an answer holds. */
interface AnswerContract {

  /** Speaks to the store under test. */
  StoreDriver driver();

  @Test
  default void answersAreCompleteWhenTheRestIsAskedForAgain() {
    int size = ItemStore.ANSWER_BYTES / 5;
    List<String> keys = IntStream.range(0, 12).mapToObj(i -> driver().key("large" + i)).toList();
    keys.forEach(key -> driver().set(key, "x".repeat(size)));

    List<String> unread = keys;
    while (!unread.isEmpty()) {
      List<Reply> replies = driver().send(unread.stream().map(Command.Get::new).toList());
      List<String> deferred = new ArrayList<>();
      for (int i = 0; i < replies.size(); i++) {
        if (replies.get(i).status() == Status.DEFERRED) {
          deferred.add(unread.get(i));
        } else {
          assertThat(replies.get(i).item())
              .extracting(StoredItem::data)
              .matches(d -> d.length == size);
        }
      }
      assertThat(deferred).hasSizeLessThan(unread.size());
      unread = deferred;
    }
  }

  @Test
  default void smallItemsAreNeverDeferred() {
    List<String> large = IntStream.range(0, 8).mapToObj(i -> driver().key("large" + i)).toList();
    large.forEach(key -> driver().set(key, "x".repeat(ItemStore.ANSWER_BYTES / 5)));
    String small = driver().key("small");
    driver().set(small, "x".repeat(ItemStore.SMALL_ITEM_BYTES));

    List<Command.Get> gets = new ArrayList<>(large.stream().map(Command.Get::new).toList());
    gets.add(new Command.Get(small));

    assertThat(driver().send(gets).get(8).status()).isEqualTo(Status.FOUND);
  }

  @Test
  default void writesAreNeverDeferred() {
    String value = "x".repeat(ItemStore.ANSWER_BYTES / 5);
    List<Command> sets =
        IntStream.range(0, 12)
            .<Command>mapToObj(
                i -> new Command.Set(driver().key("large" + i), StoreDriver.item(value)))
            .toList();

    assertThat(driver().send(sets)).containsOnly(Reply.DONE);
  }
}
