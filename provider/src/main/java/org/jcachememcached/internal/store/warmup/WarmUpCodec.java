package org.jcachememcached.internal.store.warmup;

import org.jcachememcached.internal.store.Item;
import org.jcachememcached.internal.store.StoredItem;
import org.jspecify.annotations.Nullable;

/**
 * What a migration has to know of items, which are opaque to a store. Implementations are
 * thread-safe.
 */
public interface WarmUpCodec {

  /**
   * An item that reserves the place of an entry in the cold group. Clients without a migration read
   * it as no entry; the store drops it after about a minute.
   */
  Item placeholder();

  /** Whether the item is a {@link #placeholder}. */
  boolean isPlaceholder(StoredItem item);

  /**
   * The item to store in the cold group for one read from the warm group; null if it is no entry,
   * because it has expired, or is the lease of a client that loads it.
   */
  @Nullable Item migrated(StoredItem original);

  /**
   * The item to store in the warm group for one that was stored in the cold group. It has the same
   * meaning to every reader, but {@link #isCopy} recognizes it.
   */
  Item copy(Item item);

  /** Whether the item is a {@link #copy}. */
  boolean isCopy(StoredItem item);
}
