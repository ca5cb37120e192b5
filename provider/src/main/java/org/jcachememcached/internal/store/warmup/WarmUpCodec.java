package org.jcachememcached.internal.store.warmup;

import org.jcachememcached.internal.store.Item;
import org.jcachememcached.internal.store.StoredItem;
import org.jspecify.annotations.Nullable;

/**
 * What must be known of items to carry them from one group of servers to another; to a store they
 * are opaque. Implementations are thread-safe.
 */
public interface WarmUpCodec {

  /**
   * An item that means nothing, by which a passage holds a place. A client that knows nothing of
   * the move takes it for no entry; a store forgets it after a minute or so.
   */
  Item placeholder();

  /** Whether this is a {@link #placeholder}. */
  boolean isPlaceholder(StoredItem item);

  /** What to store in the new group for what was found in the old one; null when it is over. */
  @Nullable Item moved(StoredItem original);

  /**
   * What to store in the old group for what was stored in the new one. It means the same to every
   * reader, but {@link #isCopy} tells it from an original.
   */
  Item copy(Item item);

  /** Whether this is a {@link #copy}. */
  boolean isCopy(StoredItem item);
}
