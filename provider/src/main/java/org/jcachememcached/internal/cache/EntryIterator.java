package org.jcachememcached.internal.cache;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import javax.cache.Cache;
import org.jcachememcached.internal.engine.Engine;
import org.jcachememcached.internal.engine.EntryScan;
import org.jcachememcached.internal.engine.ScannedEntry;
import org.jcachememcached.internal.jcache.CacheEntry;
import org.jcachememcached.internal.operation.IteratorAccess;
import org.jcachememcached.internal.operation.OperationContext;
import org.jcachememcached.internal.operation.Remove;
import org.jspecify.annotations.Nullable;

/**
 * Iterates over the entries of a cache: page by page, weakly consistent, each {@link #next} an
 * access. An entry that has expired since its page was read is not returned, unless {@link
 * #hasNext} has promised it. Items that cannot be decoded are skipped; where the failure policy
 * makes them exceptions, {@link #next} throws each once and continues after it. Not thread-safe.
 */
public final class EntryIterator<K, V> implements Iterator<Cache.Entry<K, V>> {

  private final Guard guard;
  private final Engine<K, V> engine;
  private final OperationContext<K, V> context;
  private final EntryScan<K, V> scan;
  private final Deque<ScannedEntry<K, V>> page = new ArrayDeque<>();
  private boolean promised;
  private @Nullable K lastKey;

  public EntryIterator(Guard guard, Engine<K, V> engine, OperationContext<K, V> context) {
    this.guard = guard;
    this.engine = engine;
    this.context = context;
    this.scan = guard.call(engine::scan);
  }

  @Override
  public boolean hasNext() {
    guard.requireOpen();
    return guard.call(this::advance);
  }

  @Override
  public Cache.Entry<K, V> next() {
    guard.requireOpen();
    return guard.call(this::accessNext);
  }

  @Override
  public void remove() {
    guard.requireOpen();
    K key = lastKey;
    if (key == null) {
      throw new IllegalStateException(
          "There is no entry to remove: call next() first, once for each");
    }
    lastKey = null;
    guard.run(() -> engine.execute(Remove.unanswered(context, key)));
  }

  private Cache.Entry<K, V> accessNext() {
    if (!advance()) {
      throw new NoSuchElementException("The cache has no more entries");
    }
    promised = false;
    ScannedEntry<K, V> entry = page.remove();
    V value = engine.executeOn(entry, new IteratorAccess<>(context, entry.key()));
    lastKey = entry.key();
    return new CacheEntry<>(lastKey, value);
  }

  /** Makes the next entry the first of the page; false at the end. */
  private boolean advance() {
    while (!promised) {
      while (!page.isEmpty() && engine.isSkipped(page.element())) {
        page.remove();
      }
      promised = !page.isEmpty();
      if (!promised && !page.addAll(scan.nextPage())) {
        scan.close();
        return false;
      }
    }
    return true;
  }
}
