package org.jcachememcached.internal.engine;

import java.util.List;
import org.jcachememcached.internal.store.KeyScan;

/**
 * The entries of a cache, page by page: the keys come from the store's scan, the values from bulk
 * gets. Entries that are gone or expired by then are omitted; items that cannot be decoded, or
 * whose tags have other versions, are not. Not thread-safe.
 */
public final class EntryScan<K, V> implements AutoCloseable {

  private final int limit;
  private final KeyScan keys;
  private final ItemPages<K, V> items;

  EntryScan(EngineParts<K, V> parts) {
    this.limit = parts.limits().pageSize().limit();
    this.items = new ItemPages<>(parts);
    this.keys = parts.store().scan(parts.format().prefix());
  }

  /**
   * The next entries; an empty list at the end. After a page that could not be read, the next call
   * reads it again: no entry is skipped.
   */
  public List<ScannedEntry<K, V>> nextPage() {
    while (true) {
      if (items.isEmpty()) {
        items.read(keys.nextPage(limit));
      }
      boolean end = items.isEmpty();
      List<ScannedEntry<K, V>> found = end ? List.of() : items.next();
      if (end || !found.isEmpty()) {
        return found;
      }
    }
  }

  @Override
  public void close() {
    keys.close();
  }
}
