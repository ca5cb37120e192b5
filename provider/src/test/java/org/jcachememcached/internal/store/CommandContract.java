package org.jcachememcached.internal.store;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.jcachememcached.internal.store.StoreDriver.item;
import static org.jcachememcached.internal.store.StoreDriver.text;

import java.util.ArrayList;
import java.util.List;
import org.jcachememcached.internal.store.Reply.Status;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every command of a store must do and answer, alone and in a batch. */
interface CommandContract {

  /** Speaks to the store under test. */
  StoreDriver driver();

  @ParameterizedTest
  @MethodSource("org.jcachememcached.internal.store.CommandCase#all")
  default void doesWhatTheTableSays(CommandCase row) {
    String key = driver().key("entry");
    long cas = driver().prepare(key, row.situation());

    Reply reply = driver().send(row.command(key, cas));

    assertThat(reply.status()).isEqualTo(row.status());
    assertThat(reply.failure()).isNull();
    assertThat(reply.item() != null).isEqualTo(row.status() == Status.FOUND);
    assertThat(driver().valueOf(key)).isEqualTo(row.valueAfter());
  }

  @Test
  default void casValueOfNoEntryMatchesNone() {
    String key = driver().key("entry");
    Command set = new Command.CompareAndSet(key, item("new"), Command.NO_CAS);
    Command delete = new Command.CompareAndDelete(key, Command.NO_CAS);

    assertThat(driver().send(set)).isEqualTo(Reply.ABSENT);
    assertThat(driver().send(delete)).isEqualTo(Reply.ABSENT);
    driver().set(key, "old");
    assertThat(driver().send(set)).isEqualTo(Reply.CHANGED);
    assertThat(driver().send(delete)).isEqualTo(Reply.CHANGED);
    assertThat(driver().valueOf(key)).isEqualTo("old");
  }

  @Test
  default void casValueChangesWithEveryWrite() {
    String key = driver().key("entry");
    List<Long> casValues = new ArrayList<>();

    driver().send(new Command.Add(key, item("same")));
    casValues.add(driver().casOf(key));
    driver().send(new Command.Set(key, item("same")));
    casValues.add(driver().casOf(key));
    driver().send(new Command.Replace(key, item("same")));
    casValues.add(driver().casOf(key));
    driver().send(new Command.CompareAndSet(key, item("same"), driver().casOf(key)));
    casValues.add(driver().casOf(key));
    driver().send(new Command.Delete(key));
    driver().send(new Command.Add(key, item("same")));
    casValues.add(driver().casOf(key));

    assertThat(casValues).doesNotHaveDuplicates().doesNotContain(Command.NO_CAS);
  }

  @Test
  default void casValueStaysWhileNothingIsWritten() {
    String key = driver().key("entry");
    driver().set(key, "value");
    long cas = driver().casOf(key);

    driver().send(new Command.Get(key));
    driver().send(new Command.Add(key, item("too late")));
    driver().send(new Command.CompareAndSet(key, item("wrong CAS value"), cas + 1));
    driver().send(new Command.CompareAndDelete(key, cas + 1));

    assertThat(driver().casOf(key)).isEqualTo(cas);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 1000})
  default void answersMixedBatchInItsOrder(int size) {
    List<CommandCase> rows = CommandCase.all().toList();
    List<Command> batch = new ArrayList<>();
    List<Status> expected = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      CommandCase row = rows.get(i % rows.size());
      String key = driver().key("entry" + i);
      batch.add(row.command(key, driver().prepare(key, row.situation())));
      expected.add(row.status());
    }

    assertThat(driver().send(batch)).extracting(Reply::status).isEqualTo(expected);
  }

  @Test
  default void answersEveryGetOfBatchWithItsOwnValue() {
    List<String> keys = driver().storeEntries(1000);

    List<Reply> replies = driver().send(keys.stream().map(Command.Get::new).toList());

    assertThat(replies)
        .extracting(reply -> text(requireNonNull(reply.item()).data()))
        .isEqualTo(keys);
  }
}
