package org.jcachememcached.internal.store.memory;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.jcachememcached.internal.store.Command;
import org.jcachememcached.internal.store.ItemStore;
import org.jcachememcached.internal.store.KeyScan;
import org.jcachememcached.internal.store.Reply;
import org.jcachememcached.internal.store.StoreException;
import org.jcachememcached.internal.store.StoreException.Reason;
import org.jcachememcached.internal.store.StoredItem;
import org.jspecify.annotations.Nullable;

/**
 * The store in this JVM, of unbounded size: the embedded engine. It runs in the caller's thread and
 * expires items to the millisecond; later commands free the memory of expired items. Thread-safe.
 */
public final class MemoryStore implements ItemStore {

  private final Cache<String, StoredItem> entries;
  private final AtomicLong lastCas = new AtomicLong(Command.NO_CAS);
  private volatile boolean closed;

  public MemoryStore(InstantSource clock) {
    entries =
        Caffeine.newBuilder()
            .ticker(() -> MILLISECONDS.toNanos(clock.millis()))
            .expireAfter(new KeepUntil())
            // The common pool would outlive the application's class loader.
            .executor(Runnable::run)
            .build();
  }

  @Override
  public CompletableFuture<List<Reply>> send(List<? extends Command> commands) {
    return CompletableFuture.completedFuture(commands.stream().map(this::answer).toList());
  }

  private Reply answer(Command command) {
    if (closed) {
      return Reply.failed(rejection());
    }
    if (command instanceof Command.Get get) {
      StoredItem item = read(get);
      return item == null ? Reply.ABSENT : Reply.found(item);
    }
    EntryUpdate update = new EntryUpdate(command, lastCas::incrementAndGet);
    entries.asMap().compute(command.key(), update);
    return update.reply();
  }

  private @Nullable StoredItem read(Command.Get get) {
    StoredItem item = entries.getIfPresent(get.key());
    while (item != null && get.touches() && !touch(get, item)) {
      item = entries.getIfPresent(get.key());
    }
    return item;
  }

  private boolean touch(Command.Get get, StoredItem item) {
    StoredItem touched = new StoredItem(item.flags(), item.data(), item.cas(), get.keepUntil());
    return entries.asMap().replace(get.key(), item, touched);
  }

  @Override
  public KeyScan scan(String prefix) {
    requireOpen();
    return new MemoryScan(entries.asMap().keySet().iterator(), prefix);
  }

  @Override
  public void invalidate(String prefix, List<String> keys) {
    entries.invalidateAll(keys);
  }

  @Override
  public <T> @Nullable T unwrap(Class<T> type) {
    return type.isInstance(entries) ? type.cast(entries) : null;
  }

  @Override
  public void close() {
    closed = true;
    entries.invalidateAll();
  }

  private void requireOpen() {
    if (closed) {
      throw rejection();
    }
  }

  private static StoreException rejection() {
    return StoreException.withoutEffect(Reason.REJECTED, "The memory store is closed", null);
  }

  /** Expires an item at its {@code keepUntil}; reading does not extend it. Stateless. */
  private static final class KeepUntil implements Expiry<String, StoredItem> {

    @Override
    public long expireAfterCreate(String key, StoredItem item, long currentTime) {
      return nanosLeft(item, currentTime);
    }

    @Override
    public long expireAfterUpdate(
        String key, StoredItem item, long currentTime, long currentDuration) {
      return nanosLeft(item, currentTime);
    }

    @Override
    public long expireAfterRead(
        String key, StoredItem item, long currentTime, long currentDuration) {
      return currentDuration;
    }

    // The conversion saturates, so FOREVER stays far away.
    private static long nanosLeft(StoredItem item, long currentTime) {
      return Math.max(0, MILLISECONDS.toNanos(Math.max(0, item.keepUntil())) - currentTime);
    }
  }

  /**
   * The keys below a prefix, found as the pages are requested: the map's weakly consistent iterator
   * holds no more than its position. Not thread-safe.
   */
  private final class MemoryScan implements KeyScan {

    private final Iterator<String> keys;
    private final String prefix;

    MemoryScan(Iterator<String> keys, String prefix) {
      this.keys = keys;
      this.prefix = prefix;
    }

    @Override
    public List<String> nextPage(int limit) {
      // A closed store is empty, which must not look like the end of the keys.
      requireOpen();
      List<String> page = new ArrayList<>();
      while (page.size() < limit && keys.hasNext()) {
        String key = keys.next();
        if (key.startsWith(prefix)) {
          page.add(key);
        }
      }
      return page;
    }

    @Override
    public void close() {}
  }
}
