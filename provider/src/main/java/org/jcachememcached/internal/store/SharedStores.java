package org.jcachememcached.internal.store;

import java.lang.ref.Cleaner;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Stores that are opened on first use, shared by all users of the same connection, and closed when
 * their last lease is closed. Thread-safe.
 *
 * @param <C> identifies a connection; needs {@code equals}
 */
public final class SharedStores<C> {

  private final Function<? super C, ? extends ItemStore> opener;
  private final Map<C, Shared> stores = new HashMap<>();

  /** Closes leases that became unreachable without having been closed. */
  private final Cleaner cleaner = Cleaner.create();

  public SharedStores(Function<? super C, ? extends ItemStore> opener) {
    this.opener = opener;
  }

  /**
   * A lease of the store; closing it closes the store only if it is the last lease. A lease that
   * becomes unreachable is closed as well.
   */
  public ItemStore lease(C connection) {
    synchronized (stores) {
      Shared shared = stores.computeIfAbsent(connection, Shared::new);
      shared.leases++;
      return new Lease(shared, () -> giveUp(shared));
    }
  }

  private void giveUp(Shared shared) {
    synchronized (stores) {
      if (--shared.leases > 0) {
        return;
      }
      stores.remove(shared.connection);
    }
    shared.end();
  }

  private static StoreException rejection() {
    return StoreException.withoutEffect(
        StoreException.Reason.REJECTED, "The cache manager of this cache is closed", null);
  }

  /**
   * One store and the number of its leases. Once the last lease is closed it is never opened again:
   * a later lease of the same connection shares another store.
   */
  private final class Shared {

    private final C connection;
    private final Object opening = new Object();
    private int leases;
    private volatile @Nullable ItemStore store;
    private volatile boolean ended;

    Shared(C connection) {
      this.connection = connection;
    }

    /**
     * The store, opened now if necessary.
     *
     * @throws StoreException if all leases are closed, or it cannot be opened
     */
    ItemStore store() {
      ItemStore open = store;
      return open != null ? open : open();
    }

    private ItemStore open() {
      synchronized (opening) {
        ItemStore open = store;
        if (open != null) {
          return open;
        }
        if (ended) {
          throw rejection();
        }
        ItemStore opened = opener.apply(connection);
        if (!keep(opened)) {
          opened.close();
          throw rejection();
        }
        return opened;
      }
    }

    /** False if the last lease was closed while the store was being opened. */
    private synchronized boolean keep(ItemStore opened) {
      if (!ended) {
        store = opened;
      }
      return !ended;
    }

    /** Does not wait for a store that is being opened: the thread that opens it closes it. */
    void end() {
      ItemStore last;
      synchronized (this) {
        ended = true;
        last = store;
        store = null;
      }
      if (last != null) {
        last.close();
      }
    }
  }

  private final class Lease implements ItemStore {

    private final Shared shared;
    private final Cleaner.Cleanable end;
    private volatile boolean givenUp;

    /**
     * @param giveUp runs once; must not reference the lease
     */
    Lease(Shared shared, Runnable giveUp) {
      this.shared = shared;
      this.end = cleaner.register(this, giveUp);
    }

    @Override
    public CompletableFuture<List<Reply>> send(List<? extends Command> commands) {
      ItemStore store;
      try {
        store = store();
      } catch (StoreException e) {
        return CompletableFuture.completedFuture(
            Collections.nCopies(commands.size(), Reply.failed(e)));
      }
      return store.send(commands);
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
      try {
        return store().unwrap(type);
      } catch (StoreException e) {
        return null;
      }
    }

    @Override
    public void close() {
      givenUp = true;
      end.clean();
    }

    private ItemStore store() {
      if (givenUp) {
        throw rejection();
      }
      ItemStore store = shared.store();
      if (givenUp) {
        // Closed concurrently; the store may still be open for other leases.
        throw rejection();
      }
      return store;
    }
  }
}
