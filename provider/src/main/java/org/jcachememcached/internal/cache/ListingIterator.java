package org.jcachememcached.internal.cache;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jcachememcached.internal.engine.Engine;
import org.jcachememcached.internal.operation.OperationContext;
import org.jcachememcached.internal.operation.Remove;
import org.jspecify.annotations.Nullable;

/**
 * Iterates over what is listed of a cache: page by page, weakly consistent. What {@link #hasNext}
 * has promised is returned. Not thread-safe.
 *
 * @param <L> what is listed
 * @param <E> what the iterator returns
 */
abstract class ListingIterator<K, V, L, E> implements Iterator<E> {

  final Engine<K, V> engine;
  final OperationContext<K, V> context;
  private final Guard guard;
  private final Deque<L> page = new ArrayDeque<>();
  private boolean promised;
  private @Nullable K lastKey;

  ListingIterator(Guard guard, Engine<K, V> engine, OperationContext<K, V> context) {
    this.guard = guard;
    this.engine = engine;
    this.context = context;
  }

  /** The next ones that are listed; nothing at the end. */
  abstract Collection<L> nextPage();

  /** Whether one is not returned. */
  abstract boolean isSkipped(L listed);

  /** Makes of a listed one what the iterator returns, and calls {@link #returned}. */
  abstract E take(L listed);

  /** Ends the listing. */
  abstract void close();

  /** Sets the key that {@link #remove} removes. */
  final void returned(K key) {
    lastKey = key;
  }

  @Override
  public final boolean hasNext() {
    guard.requireOpen();
    return guard.call(this::advance);
  }

  @Override
  public final E next() {
    guard.requireOpen();
    return guard.call(this::takeNext);
  }

  private E takeNext() {
    if (!advance()) {
      throw new NoSuchElementException("The cache has no more entries");
    }
    promised = false;
    return take(page.remove());
  }

  @Override
  public final void remove() {
    guard.requireOpen();
    K key = lastKey;
    if (key == null) {
      throw new IllegalStateException(
          "There is no entry to remove: call next() first, once for each");
    }
    lastKey = null;
    guard.run(() -> engine.execute(Remove.unanswered(context, key)));
  }

  /** Makes the next one the first of the page; false at the end. */
  private boolean advance() {
    while (!promised) {
      while (!page.isEmpty() && isSkipped(page.element())) {
        page.remove();
      }
      promised = !page.isEmpty();
      if (!promised && !page.addAll(nextPage())) {
        close();
        return false;
      }
    }
    return true;
  }
}
