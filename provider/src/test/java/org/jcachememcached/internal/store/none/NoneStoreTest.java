package org.jcachememcached.internal.store.none;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import org.jcachememcached.internal.store.Command;
import org.jcachememcached.internal.store.Command.Append.Side;
import org.jcachememcached.internal.store.Command.Count.Direction;
import org.jcachememcached.internal.store.Command.Count.Initial;
import org.jcachememcached.internal.store.Item;
import org.jcachememcached.internal.store.KeyScan;
import org.jcachememcached.internal.store.Reply;
import org.jcachememcached.internal.store.Reply.Status;
import org.jcachememcached.internal.store.StoreException;
import org.jcachememcached.internal.store.StoreException.Reason;
import org.junit.jupiter.api.Test;

class NoneStoreTest {

  private static final Item ITEM = new Item(0, new byte[] {1}, Item.FOREVER);

  private final NoneStore store = new NoneStore();

  @Test
  void storesWithSuccessAndFindsNothing() {
    assertThat(
            send(
                new Command.Set("key", ITEM),
                new Command.Get("key"),
                new Command.Add("key", ITEM),
                new Command.Replace("key", ITEM),
                new Command.CompareAndSet("key", ITEM, 1),
                new Command.Append("key", ITEM, Side.BACK),
                new Command.Claim("key", ITEM, Command.NO_CAS),
                new Command.Count("key", Direction.UP, 1, null),
                new Command.Count("key", Direction.UP, 1, new Initial(5, Item.FOREVER)),
                new Command.Delete("key"),
                new Command.CompareAndDelete("key", 1)))
        .containsExactly(
            Reply.DONE,
            Reply.ABSENT,
            Reply.DONE,
            Reply.ABSENT,
            Reply.ABSENT,
            Reply.NOT_STORED,
            Reply.NOT_STORED,
            Reply.ABSENT,
            Reply.counted(5),
            Reply.ABSENT,
            Reply.ABSENT);
  }

  @Test
  void answersEmptyBatch() {
    assertThat(send()).isEmpty();
  }

  @Test
  void scansNothing() {
    send(new Command.Set("key", ITEM));

    try (KeyScan scan = store.scan("")) {
      assertThat(scan.nextPage(10)).isEmpty();
    }
  }

  @Test
  void isMadeOfNothing() {
    assertThat(store.unwrap(Object.class)).isNull();
  }

  @Test
  void rejectsCommandsAndScansAfterClose() {
    store.close();
    store.close();

    assertThat(send(new Command.Get("key"))).extracting(Reply::status).containsOnly(Status.FAILED);
    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(() -> store.scan(""))
        .withMessage("The none store is closed")
        .extracting(StoreException::reason)
        .isEqualTo(Reason.REJECTED);
  }

  private List<Reply> send(Command... commands) {
    return store.send(List.of(commands)).join();
  }
}
