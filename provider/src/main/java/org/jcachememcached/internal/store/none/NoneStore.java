package org.jcachememcached.internal.store.none;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jcachememcached.internal.store.Command;
import org.jcachememcached.internal.store.ItemStore;
import org.jcachememcached.internal.store.KeyScan;
import org.jcachememcached.internal.store.Reply;
import org.jcachememcached.internal.store.StoreException;
import org.jcachememcached.internal.store.StoreException.Reason;
import org.jspecify.annotations.Nullable;

/**
 * The store that drops every item at once, like a memcached server without memory: a write
 * succeeds, and the next read finds nothing. For disabling caching by configuration. Thread-safe.
 */
public final class NoneStore implements ItemStore {

  private volatile boolean closed;

  @Override
  public CompletableFuture<List<Reply>> send(List<? extends Command> commands) {
    return CompletableFuture.completedFuture(commands.stream().map(this::answer).toList());
  }

  private Reply answer(Command command) {
    if (closed) {
      return Reply.failed(rejection());
    }
    if (command instanceof Command.Set || command instanceof Command.Add) {
      return Reply.DONE;
    }
    if (command instanceof Command.Append || command instanceof Command.Claim) {
      return Reply.NOT_STORED;
    }
    return command instanceof Command.Count count && count.initial() != null
        ? Reply.counted(count.initial().number())
        : Reply.ABSENT;
  }

  @Override
  public KeyScan scan(String prefix) {
    if (closed) {
      throw rejection();
    }
    return new EmptyScan();
  }

  @Override
  public void invalidate(String prefix, List<String> keys) {
    // Nothing is stored.
  }

  @Override
  public <T> @Nullable T unwrap(Class<T> type) {
    return null;
  }

  @Override
  public void close() {
    closed = true;
  }

  private static StoreException rejection() {
    return StoreException.withoutEffect(Reason.REJECTED, "The none store is closed", null);
  }

  /** A scan at its end. Thread-safe. */
  private static final class EmptyScan implements KeyScan {

    @Override
    public List<String> nextPage(int limit) {
      return List.of();
    }

    @Override
    public void close() {}
  }
}
