package org.jcachememcached.internal.operation;

import java.util.ArrayList;
import java.util.List;
import org.jcachememcached.internal.engine.Snapshot;
import org.jcachememcached.internal.integration.BulkLoad;
import org.jcachememcached.internal.integration.CacheLoaderAdapter;

/**
 * The entries that a bulk read has found to be due for a refresh, which are loaded together. For
 * one call; not thread-safe.
 */
public final class RefreshBatch<K, V> {

  private final OperationContext<K, V> context;
  private final BulkLoad<K, V> load;
  private final List<RefreshDue<K, V>> due = new ArrayList<>(0);

  public RefreshBatch(OperationContext<K, V> context, CacheLoaderAdapter<K, V> loader) {
    this.context = context;
    this.load = new BulkLoad<>(loader::loadAll);
  }

  /** Adds an entry if it is due. */
  void addIfDue(Snapshot<V> entry, K key) {
    if (context.refreshing().rules().isDue(entry)) {
      due.add(new RefreshDue<>(context, key, entry.storeKey(), load));
    }
  }

  /** Begins to load the entries anew, at the end of the call. */
  public void begin() {
    if (!due.isEmpty()) {
      context.refreshing().background().accept(List.copyOf(due));
    }
  }
}
