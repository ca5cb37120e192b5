package org.jcachememcached.internal.store.memory;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.InstantSource;
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
 * The store in this JVM, without bound: the embedded engine. It answers in the caller's thread, and
 * forgets exactly on time; later commands free the memory of what it has forgotten. Thread-safe.
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
    if (command instanceof Command.Get) {
      StoredItem item = entries.getIfPresent(command.key());
      return item == null ? Reply.ABSENT : Reply.found(item);
    }
    EntryUpdate update = new EntryUpdate(command, lastCas::incrementAndGet);
    entries.asMap().compute(command.key(), update);
    return update.reply();
  }

  @Override
  public KeyScan scan(String prefix) {
    requireOpen();
    return new MemoryScan(this, entries.asMap().keySet().iterator(), prefix);
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

  void requireOpen() {
    if (closed) {
      throw rejection();
    }
  }

  private static StoreException rejection() {
    return StoreException.withoutEffect(Reason.REJECTED, "The memory store is closed", null);
  }
}
