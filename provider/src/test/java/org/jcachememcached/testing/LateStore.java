package org.jcachememcached.testing;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jcachememcached.internal.store.Command;
import org.jcachememcached.internal.store.Item;
import org.jcachememcached.internal.store.ItemStore;
import org.jcachememcached.internal.store.Reply;
import org.jcachememcached.internal.store.StoredItem;

/** Forgets a second later than it says, as memcached may. Thread-safe. */
public final class LateStore extends ForwardingStore {

  private static final long LATE_MILLIS = 1000;

  public LateStore(ItemStore store) {
    super(store);
  }

  @Override
  public CompletableFuture<List<Reply>> send(List<? extends Command> commands) {
    return super.send(commands.stream().map(LateStore::kept).toList())
        .thenApply(replies -> replies.stream().map(LateStore::early).toList());
  }

  private static Command kept(Command command) {
    if (command instanceof Command.Add add) {
      return new Command.Add(add.key(), kept(add.item()));
    }
    if (command instanceof Command.CompareAndSet set) {
      return new Command.CompareAndSet(set.key(), kept(set.item()), set.cas());
    }
    return command;
  }

  private static Item kept(Item item) {
    return new Item(item.flags(), item.data(), item.keepUntil() + LATE_MILLIS);
  }

  private static Reply early(Reply reply) {
    StoredItem item = reply.item();
    return item == null
        ? reply
        : Reply.found(
            new StoredItem(item.flags(), item.data(), item.cas(), item.keepUntil() - LATE_MILLIS));
  }
}
