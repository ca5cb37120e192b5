package org.jcachememcached.internal.engine;

import java.util.ArrayList;
import java.util.List;
import org.jcachememcached.internal.store.Command;
import org.jcachememcached.internal.store.KeyScan;
import org.jcachememcached.internal.store.PageSize;
import org.jcachememcached.internal.store.Reply;

/**
 * The entries of a cache, page by page: the keys come from the store's scan, the values from bulk
 * gets, one for a page of small entries and more for large ones, so memory holds the values of one
 * reply at a time. Entries that are gone or expired by then are omitted; items that cannot be
 * decoded, or whose tags have other versions, are not. Not thread-safe.
 */
public final class EntryScan<K, V> implements AutoCloseable {

  private final EngineParts<K, V> parts;
  private final KeyScan keys;
  private final PageSize pageSize;
  private List<String> unread = List.of();

  EntryScan(EngineParts<K, V> parts) {
    this.parts = parts;
    this.pageSize = parts.limits().pageSize();
    this.keys = parts.store().scan(parts.format().prefix());
  }

  /**
   * The next entries; an empty list at the end. After a page that could not be read, the next call
   * reads it again: no entry is skipped.
   */
  public List<ScannedEntry<K, V>> nextPage() {
    while (true) {
      if (unread.isEmpty()) {
        unread = keys.nextPage(pageSize.limit());
      }
      int next = Math.min(pageSize.next(), unread.size());
      List<String> deferred = new ArrayList<>(0);
      List<ScannedEntry<K, V>> found = read(unread.subList(0, next), deferred);
      boolean end = unread.isEmpty();
      deferred.addAll(unread.subList(next, unread.size()));
      unread = deferred;
      if (end || !found.isEmpty()) {
        return found;
      }
    }
  }

  @Override
  public void close() {
    keys.close();
  }

  private List<ScannedEntry<K, V>> read(List<String> page, List<String> deferred) {
    List<Command.Get> gets = page.stream().map(Command.Get::new).toList();
    List<Reply> replies = parts.store().send(gets).join();
    pageSize.weigh(gets, replies);
    long now = parts.clock().millis();
    List<ScannedEntry<K, V>> found = new ArrayList<>(page.size());
    for (int i = 0; i < page.size(); i++) {
      Reply reply = replies.get(i);
      if (reply.failure() != null) {
        throw reply.failure();
      }
      if (reply.status() == Reply.Status.DEFERRED) {
        deferred.add(page.get(i));
      } else if (reply.item() != null) {
        ScannedEntry<K, V> entry = parts.format().found(page.get(i), reply.item(), now);
        if (!entry.snapshot().isPastDeadline()) {
          found.add(entry);
        }
      }
    }
    checkTags(found);
    return found;
  }

  private void checkTags(List<ScannedEntry<K, V>> found) {
    List<Snapshot<V>> tagged =
        found.stream().map(ScannedEntry::snapshot).filter(Snapshot::hasUncheckedTags).toList();
    if (!tagged.isEmpty()) {
      TagLookup lookup = new TagLookup(parts, newSession());
      tagged.forEach(entry -> entry.tags().forEach(tag -> lookup.read(tag.name())));
      lookup.round().send();
      tagged.forEach(lookup::checkOrThrow);
    }
  }

  private StoreSession newSession() {
    return new StoreSession(parts.store(), parts.limits().timeout(), parts.clock());
  }
}
