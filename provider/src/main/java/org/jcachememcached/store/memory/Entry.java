package org.jcachememcached.store.memory;

import org.jcachememcached.store.Item;
import org.jcachememcached.store.StoredItem;

/**
 * What the memory store holds for a key. Immutable.
 *
 * @param item what a get answers
 * @param keepUntil when to forget it, in milliseconds since the epoch, or {@link Item#FOREVER}
 */
record Entry(StoredItem item, long keepUntil) {

  static Entry of(Item item, long token) {
    return new Entry(new StoredItem(item.flags(), item.data(), token), item.keepUntil());
  }
}
