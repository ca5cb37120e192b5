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
 * A scan that first migrates everything below the prefix to the cold group, by reading it, and then
 * scans that group alone: it returns each key once without remembering any, including keys that
 * change groups during the scan. Not thread-safe.
 */
final class MigratingScan implements KeyScan {

  private final ItemStore store;
  private final ItemStore cold;
  private final ItemStore warm;
  private final MigrationProgress progress;
  private final String prefix;
  private @Nullable KeyScan keys;

  /**
   * @param store migrates what is read
   */
  MigratingScan(
      ItemStore store, ItemStore cold, ItemStore warm, MigrationProgress progress, String prefix) {
    this.store = store;
    this.cold = cold;
    this.warm = warm;
    this.progress = progress;
    this.prefix = prefix;
  }

  @Override
  public List<String> nextPage(int limit) {
    if (keys == null) {
      migrateAll(limit);
      keys = cold.scan(prefix);
    }
    return keys.nextPage(limit);
  }

  private void migrateAll(int limit) {
    PageSize pageSize = new PageSize(limit);
    try (KeyScan warmKeys = openWarm()) {
      List<String> page = nextWarmPage(warmKeys, limit);
      while (!page.isEmpty()) {
        migrate(page, pageSize);
        page = nextWarmPage(warmKeys, limit);
      }
    }
  }

  private @Nullable KeyScan openWarm() {
    try {
      return warm.scan(prefix);
    } catch (StoreException e) {
      progress.recordWarmFailure(e);
      return null;
    }
  }

  private List<String> nextWarmPage(@Nullable KeyScan warmKeys, int limit) {
    try {
      return warmKeys == null ? List.of() : warmKeys.nextPage(limit);
    } catch (StoreException e) {
      progress.recordWarmFailure(e);
      return List.of();
    }
  }

  /** Reads a page in as many round trips as its replies need. */
  private void migrate(List<String> page, PageSize pageSize) {
    Deque<Command.Get> unread = new ArrayDeque<>(page.size());
    page.forEach(key -> unread.add(new Command.Get(key)));
    while (!unread.isEmpty()) {
      List<Command.Get> gets = new ArrayList<>();
      for (int left = pageSize.next(); left > 0 && !unread.isEmpty(); left--) {
        gets.add(unread.remove());
      }
      List<Reply> replies = store.send(gets).join();
      pageSize.weigh(gets, replies);
      for (int i = 0; i < gets.size(); i++) {
        StoreException failure = replies.get(i).failure();
        if (failure != null) {
          throw failure;
        }
        if (replies.get(i).status() == Reply.Status.DEFERRED) {
          unread.add(gets.get(i));
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
