package org.jcachememcached.internal.engine;

import java.util.ArrayList;
import java.util.List;
import org.jcachememcached.internal.store.Command;
import org.jcachememcached.internal.store.PageSize;
import org.jcachememcached.internal.store.Reply;

/**
 * Reads the items of listed keys, in one request for small items and in several for large ones, so
 * that memory holds the values of one reply at a time. Not thread-safe.
 */
final class ItemPages<K, V> {

  private final EngineParts<K, V> parts;
  private final PageSize pageSize;
  private List<String> unread = List.of();

  ItemPages(EngineParts<K, V> parts) {
    this.parts = parts;
    this.pageSize = parts.limits().pageSize();
  }

  /** Whether everything is read. */
  boolean isEmpty() {
    return unread.isEmpty();
  }

  /** Adds keys, once everything else is read. */
  void read(List<String> keys) {
    unread = keys;
  }

  /**
   * What the next keys hold, leases and expired entries included, without what is gone; possibly
   * nothing. If that fails, the next call reads the same keys again.
   */
  List<ScannedEntry<K, V>> next() {
    int next = Math.min(pageSize.next(), unread.size());
    List<String> deferred = new ArrayList<>(0);
    List<ScannedEntry<K, V>> found = read(unread.subList(0, next), deferred);
    deferred.addAll(unread.subList(next, unread.size()));
    unread = deferred;
    return found;
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
        if (!entry.snapshot().isTombstone()) {
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
      TagLookup lookup = new TagLookup(parts, parts.newSession());
      tagged.forEach(entry -> entry.tags().forEach(tag -> lookup.read(tag.name())));
      lookup.round().send();
      tagged.forEach(lookup::checkOrThrow);
    }
  }
}
