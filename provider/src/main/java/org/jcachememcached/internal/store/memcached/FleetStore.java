package org.jcachememcached.internal.store.memcached;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jcachememcached.internal.store.Command;
import org.jcachememcached.internal.store.ItemStore;
import org.jcachememcached.internal.store.KeyScan;
import org.jcachememcached.internal.store.Reply;
import org.jspecify.annotations.Nullable;

/** The servers of a store from one change to the next. Thread-safe. */
final class FleetStore implements ItemStore {

  private final Fleet fleet;
  private final RequestSender requests;
  private final Crawls crawls;

  FleetStore(Fleet fleet, RequestSender requests, Crawls crawls) {
    this.fleet = fleet;
    this.requests = requests;
    this.crawls = crawls;
  }

  @Override
  public CompletableFuture<List<Reply>> send(List<? extends Command> commands) {
    if (commands.isEmpty()) {
      return CompletableFuture.completedFuture(List.of());
    }
    // All of them first: gets are sent together if nothing is to be removed from their server.
    for (Command command : commands) {
      fleet.nodeOf(command.key()).prepare(command.key());
    }
    return requests.send(commands, fleet::nodeOf, null);
  }

  @Override
  public KeyScan scan(String prefix) {
    return crawls.begin(prefix, fleet.toCrawl(), fleet.nodes());
  }

  @Override
  public void invalidate(String prefix, List<String> keys) {
    RequestSender.invalidate(prefix, keys, fleet::nodeOf);
  }

  @Override
  public <T> @Nullable T unwrap(Class<T> type) {
    return null;
  }

  /** Does nothing: the servers belong to the store. */
  @Override
  public void close() {}
}
