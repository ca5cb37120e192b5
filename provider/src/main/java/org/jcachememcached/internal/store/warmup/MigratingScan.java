package org.jcachememcached.internal.store.warmup;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jcachememcached.internal.store.Command;
import org.jcachememcached.internal.store.ItemStore;
import org.jcachememcached.internal.store.KeyScan;
import org.jcachememcached.internal.store.PageSize;
import org.jcachememcached.internal.store.Reply;
import org.jcachememcached.internal.store.StoreException;
import org.jspecify.annotations.Nullable;

/**
 * A scan that first moves everything below the prefix into the new group, by reading it, and then
 * scans that group alone: so it sees each key once, without having to remember any, also those that
 * change groups meanwhile. Not thread-safe.
 */
final class MigratingScan implements KeyScan {

  private final WarmUpStore store;
  private final ItemStore cold;
  private final ItemStore warm;
  private final MigrationProgress progress;
  private final String prefix;
  private @Nullable KeyScan keys;

  MigratingScan(
      WarmUpStore store,
      ItemStore cold,
      ItemStore warm,
      MigrationProgress progress,
      String prefix) {
    this.store = store;
    this.cold = cold;
    this.warm = warm;
    this.progress = progress;
    this.prefix = prefix;
  }

  @Override
  public List<String> nextPage(int limit) {
    if (keys == null) {
      moveAll(limit);
      keys = cold.scan(prefix);
    }
    return keys.nextPage(limit);
  }

  private void moveAll(int limit) {
    PageSize pageSize = new PageSize(limit);
    try (KeyScan oldKeys = openOld()) {
      List<String> page = nextOf(oldKeys, limit);
      while (!page.isEmpty()) {
        move(page, pageSize);
        page = nextOf(oldKeys, limit);
      }
    }
  }

  private @Nullable KeyScan openOld() {
    try {
      return warm.scan(prefix);
    } catch (StoreException e) {
      progress.recordFailureOfOldGroup(e);
      return null;
    }
  }

  private List<String> nextOf(@Nullable KeyScan oldKeys, int limit) {
    try {
      return oldKeys == null ? List.of() : oldKeys.nextPage(limit);
    } catch (StoreException e) {
      progress.recordFailureOfOldGroup(e);
      return List.of();
    }
  }

  /** As many at a time as one answer holds. */
  private void move(List<String> page, PageSize pageSize) {
    Deque<Command.Get> unmoved = new ArrayDeque<>(page.size());
    page.forEach(key -> unmoved.add(new Command.Get(key)));
    while (!unmoved.isEmpty()) {
      List<Command.Get> gets = new ArrayList<>();
      for (int left = pageSize.next(); left > 0 && !unmoved.isEmpty(); left--) {
        gets.add(unmoved.remove());
      }
      List<Reply> replies = store.send(gets).join();
      pageSize.weigh(gets, replies);
      for (int i = 0; i < gets.size(); i++) {
        StoreException failure = replies.get(i).failure();
        if (failure != null) {
          throw failure;
        }
        if (replies.get(i).status() == Reply.Status.DEFERRED) {
          unmoved.add(gets.get(i));
        }
      }
    }
  }

  @Override
  public void close() {
    if (keys != null) {
      keys.close();
    }
  }
}
