package org.jcachememcached.store;

import java.lang.ref.Cleaner;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Stores that are opened when they are first used, shared by all who ask for the same one, and
 * closed when the last of them has given up its lease. Thread-safe.
 *
 * @param <C> what tells one store from another; needs {@code equals}
 */
public final class SharedStores<C> {

  private final Function<? super C, ? extends EntryStore> opener;
  private final Map<C, Shared> stores = new HashMap<>();

  /** Gives up the leases of who is gone without having closed them. */
  private final Cleaner cleaner = Cleaner.create();

  public SharedStores(Function<? super C, ? extends EntryStore> opener) {
    this.opener = opener;
  }

  /**
   * A lease of the store; closing it gives up the lease, not the store. A lease that nobody can use
   * any more is given up as well.
   */
  public EntryStore lease(C connection) {
    synchronized (stores) {
      Shared shared = stores.computeIfAbsent(connection, Shared::new);
      shared.leases++;
      return new Lease(shared, () -> giveUp(shared));
    }
  }

  private void giveUp(Shared shared) {
    EntryStore unused = null;
    synchronized (stores) {
      if (--shared.leases == 0) {
        stores.remove(shared.connection);
        unused = shared.takeStore();
      }
    }
    if (unused != null) {
      unused.close();
    }
  }

  private final class Shared {

    private final C connection;
    private int leases;
    private volatile @Nullable EntryStore store;

    Shared(C connection) {
      this.connection = connection;
    }

    EntryStore store() {
      EntryStore open = store;
      return open != null ? open : open();
    }

    private synchronized EntryStore open() {
      if (store == null) {
        store = opener.apply(connection);
      }
      return store;
    }

    private synchronized @Nullable EntryStore takeStore() {
      EntryStore open = store;
      store = null;
      return open;
    }
  }

  private final class Lease implements EntryStore {

    private final Shared shared;
    private final Cleaner.Cleanable end;
    private volatile boolean givenUp;

    /**
     * @param giveUp is run once; must not know the lease
     */
    Lease(Shared shared, Runnable giveUp) {
      this.shared = shared;
      this.end = cleaner.register(this, giveUp);
    }

    @Override
    public CompletableFuture<List<Reply>> send(List<? extends Command> commands) {
      if (givenUp) {
        Reply refusal = Reply.failed(rejection());
        return CompletableFuture.completedFuture(Collections.nCopies(commands.size(), refusal));
      }
      return shared.store().send(commands);
    }

    @Override
    public KeyScan scan(String prefix) {
      return store().scan(prefix);
    }

    @Override
    public void invalidate(String prefix, List<String> keys) {
      store().invalidate(prefix, keys);
    }

    @Override
    public <T> @Nullable T unwrap(Class<T> type) {
      return givenUp ? null : store().unwrap(type);
    }

    @Override
    public void close() {
      givenUp = true;
      end.clean();
    }

    private EntryStore store() {
      if (givenUp) {
        throw rejection();
      }
      return shared.store();
    }

    private static StoreException rejection() {
      return StoreException.withoutEffect(
          StoreException.Reason.REJECTED, "The cache manager of this cache is closed", null);
    }
  }
}
