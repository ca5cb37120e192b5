package org.jcachememcached.internal.cache;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jcachememcached.internal.engine.Engine;
import org.jcachememcached.internal.engine.KeyListing;
import org.jcachememcached.internal.engine.ListedKey;
import org.jcachememcached.internal.operation.OperationContext;
import org.jcachememcached.internal.operation.Remove;
import org.jspecify.annotations.Nullable;

/**
 * Iterates over the keys of a cache: page by page, weakly consistent, no access to the entries.
 * Items whose key cannot be decoded are skipped; where the failure policy makes them exceptions,
 * {@link #next} throws each once and continues after it. Not thread-safe.
 */
final class KeyIterator<K, V> implements Iterator<K> {

  private final Guard guard;
  private final Engine<K, V> engine;
  private final OperationContext<K, V> context;
  private final KeyListing<K, V> listing;
  private final Deque<ListedKey<K>> page = new ArrayDeque<>();
  private @Nullable K lastKey;

  KeyIterator(Guard guard, Engine<K, V> engine, OperationContext<K, V> context) {
    this.guard = guard;
    this.engine = engine;
    this.context = context;
    this.listing = guard.call(engine::listKeys);
  }

  @Override
  public boolean hasNext() {
    guard.requireOpen();
    return guard.call(this::advance);
  }

  @Override
  public K next() {
    if (!hasNext()) {
      throw new NoSuchElementException("The cache has no more keys");
    }
    K key = guard.call(() -> page.remove().decoded());
    lastKey = key;
    return key;
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

  /** Makes the next key the first of the page; false at the end. */
  private boolean advance() {
    while (true) {
      while (!page.isEmpty() && engine.isSkipped(page.element())) {
        page.remove();
      }
      if (!page.isEmpty()) {
        return true;
      }
      if (!page.addAll(listing.nextPage())) {
        listing.close();
        return false;
      }
    }
  }
}
