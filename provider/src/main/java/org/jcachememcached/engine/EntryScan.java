package org.jcachememcached.engine;

import java.util.ArrayList;
import java.util.List;
import org.jcachememcached.store.Command;
import org.jcachememcached.store.KeyScan;
import org.jcachememcached.store.Reply;

/**
 * The entries of a cache, page by page: the keys come from the store's scan, the values from one
 * bulk get per page, so memory holds one page of values at a time. Entries that are gone or have
 * expired by then are left out; what cannot be decoded is not. Not thread-safe.
 */
public final class EntryScan<K, V> implements AutoCloseable {

  private final EngineParts<K, V> parts;
  private final KeyScan keys;
  private List<String> unread = List.of();

  EntryScan(EngineParts<K, V> parts) {
    this.parts = parts;
    this.keys = parts.store().scan(parts.format().prefix());
  }

  /**
   * The next entries; an empty list when there are no more. A page that could not be read is read
   * again by the next call: none is skipped.
   */
  public List<FoundEntry<K, V>> nextPage() {
    while (true) {
      if (unread.isEmpty()) {
        unread = keys.nextPage(parts.limits().pageSize());
      }
      List<FoundEntry<K, V>> found = read(unread);
      boolean end = unread.isEmpty();
      unread = List.of();
      if (end || !found.isEmpty()) {
        return found;
      }
    }
  }

  @Override
  public void close() {
    keys.close();
  }

  private List<FoundEntry<K, V>> read(List<String> page) {
    List<Reply> replies = parts.store().send(page.stream().map(Command.Get::new).toList()).join();
    long now = parts.clock().millis();
    List<FoundEntry<K, V>> found = new ArrayList<>(page.size());
    for (int i = 0; i < page.size(); i++) {
      Reply reply = replies.get(i);
      if (reply.failure() != null) {
        throw reply.failure();
      }
      if (reply.item() != null) {
        FoundEntry<K, V> entry = parts.format().found(page.get(i), reply.item(), now);
        if (!entry.snapshot().isOver()) {
          found.add(entry);
        }
      }
    }
    return found;
  }
}
