package org.jcachememcached.testing;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jcachememcached.internal.store.Command;
import org.jcachememcached.internal.store.ItemStore;
import org.jcachememcached.internal.store.KeyScan;
import org.jcachememcached.internal.store.Reply;
import org.jspecify.annotations.Nullable;

/** A store that passes everything on to another one: what the stores of the tests begin with. */
abstract class ForwardingStore implements ItemStore {

  private final ItemStore store;

  ForwardingStore(ItemStore store) {
    this.store = store;
  }

  @Override
  public CompletableFuture<List<Reply>> send(List<? extends Command> commands) {
    return store.send(commands);
  }

  @Override
  public KeyScan scan(String prefix) {
    return store.scan(prefix);
  }

  @Override
  public void invalidate(String prefix, List<String> keys) {
    store.invalidate(prefix, keys);
  }

  @Override
  public <T> @Nullable T unwrap(Class<T> type) {
    return store.unwrap(type);
  }

  @Override
  public void close() {
    store.close();
  }
}
