package org.jcachememcached.store.fallback;

import java.util.List;
import java.util.Objects;
import org.jcachememcached.store.Command;
import org.jcachememcached.store.EntryStore;
import org.jcachememcached.store.KeyScan;
import org.jcachememcached.store.Reply;
import org.jcachememcached.store.StoreException;
import org.jspecify.annotations.Nullable;

/**
 * A scan that first moves everything below the prefix into the new group, by reading it, and then
 * scans that group alone: so it sees each key once, without having to remember any, also those that
 * change groups meanwhile. Not thread-safe.
 */
final class MovingScan implements KeyScan {

  private final FallbackStore store;
  private final EntryStore newGroup;
  private final EntryStore oldGroup;
  private final MoveProgress progress;
  private final String prefix;
  private @Nullable KeyScan keys;

  MovingScan(
      FallbackStore store,
      EntryStore newGroup,
      EntryStore oldGroup,
      MoveProgress progress,
      String prefix) {
    this.store = store;
    this.newGroup = newGroup;
    this.oldGroup = oldGroup;
    this.progress = progress;
    this.prefix = prefix;
  }

  @Override
  public List<String> nextPage(int limit) {
    if (keys == null) {
      moveAll(limit);
      keys = newGroup.scan(prefix);
    }
    return keys.nextPage(limit);
  }

  private void moveAll(int limit) {
    try (KeyScan oldKeys = openOld()) {
      List<String> page = nextOf(oldKeys, limit);
      while (!page.isEmpty()) {
        move(page);
        page = nextOf(oldKeys, limit);
      }
    }
  }

  private @Nullable KeyScan openOld() {
    try {
      return oldGroup.scan(prefix);
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

  private void move(List<String> page) {
    List<Command.Get> gets = page.stream().map(Command.Get::new).toList();
    store.send(gets).join().stream()
        .map(Reply::failure)
        .filter(Objects::nonNull)
        .findFirst()
        .ifPresent(MovingScan::fail);
  }

  private static void fail(StoreException cause) {
    throw cause;
  }

  @Override
  public void close() {
    if (keys != null) {
      keys.close();
    }
  }
}
