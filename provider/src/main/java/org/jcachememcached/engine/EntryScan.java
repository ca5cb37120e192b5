package org.jcachememcached.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jcachememcached.store.Command;
import org.jcachememcached.store.KeyScan;
import org.jcachememcached.store.Reply;
import org.jspecify.annotations.Nullable;

/**
 * The entries of a cache, page by page: the keys come from the store's scan, the values from one
 * bulk get per page. The next page is on its way while one is worked on, so nobody waits for round
 * trips but for the first, and memory holds two pages of values at a time. Entries that are gone or
 * have expired by then are left out. Not thread-safe.
 */
public final class EntryScan<K, V> implements AutoCloseable {

  private final EngineParts<K, V> parts;
  private final KeyScan keys;
  private @Nullable Page ahead;

  EntryScan(EngineParts<K, V> parts) {
    this.parts = parts;
    this.keys = parts.store().scan(parts.format().prefix());
  }

  /** The next entries; an empty list when there are no more. */
  public List<FoundEntry<K, V>> nextPage() {
    Page page = ahead == null ? request() : ahead;
    // Stays if reading it fails: no page is ever skipped.
    ahead = page;
    List<FoundEntry<K, V>> found = List.of();
    while (found.isEmpty() && !page.keys().isEmpty()) {
      Page next = request();
      found = read(page);
      ahead = next;
      page = next;
    }
    return found;
  }

  @Override
  public void close() {
    keys.close();
  }

  private Page request() {
    List<String> page = keys.nextPage(parts.limits().pageSize());
    return new Page(page, parts.store().send(page.stream().map(Command.Get::new).toList()));
  }

  private List<FoundEntry<K, V>> read(Page page) {
    List<Reply> replies = page.replies().join();
    long now = parts.clock().millis();
    List<FoundEntry<K, V>> found = new ArrayList<>(replies.size());
    for (int i = 0; i < replies.size(); i++) {
      Reply reply = replies.get(i);
      if (reply.failure() != null) {
        throw reply.failure();
      }
      if (reply.item() != null) {
        FoundEntry<K, V> entry = parts.format().found(page.keys().get(i), reply.item(), now);
        if (entry.snapshot().isUnreadable() || entry.snapshot().isLive()) {
          found.add(entry);
        }
      }
    }
    return found;
  }

  /** Keys, and what is or will be known of them. */
  private record Page(List<String> keys, CompletableFuture<List<Reply>> replies) {}
}
