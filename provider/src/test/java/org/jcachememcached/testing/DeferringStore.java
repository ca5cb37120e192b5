package org.jcachememcached.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jcachememcached.internal.store.Command;
import org.jcachememcached.internal.store.ItemStore;
import org.jcachememcached.internal.store.Reply;
import org.jcachememcached.internal.store.StoredItem;

/** Answers no more bytes at once than a store need, as one on real servers does. Thread-safe. */
public final class DeferringStore extends ForwardingStore {

  public DeferringStore(ItemStore store) {
    super(store);
  }

  @Override
  public CompletableFuture<List<Reply>> send(List<? extends Command> commands) {
    return super.send(commands).thenApply(DeferringStore::bounded);
  }

  private static List<Reply> bounded(List<Reply> replies) {
    long bytes = 0;
    List<Reply> bounded = new ArrayList<>(replies.size());
    for (Reply reply : replies) {
      StoredItem item = reply.item();
      int size = item == null ? 0 : item.data().length;
      boolean small = size <= ItemStore.SMALL_ITEM_BYTES;
      if (small || bytes == 0 || bytes + size <= ItemStore.ANSWER_BYTES) {
        bytes += small ? 0 : size;
        bounded.add(reply);
      } else {
        bounded.add(Reply.DEFERRED);
      }
    }
    return bounded;
  }
}
