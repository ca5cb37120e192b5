package org.jcachememcached.internal.cache;

import java.util.Iterator;
import javax.cache.Cache;
import org.jcachememcached.internal.engine.Engine;
import org.jcachememcached.internal.operation.OperationContext;

/** What the listing of the keys in the store shows of a cache. Thread-safe. */
public final class CacheListing<K, V> {

  private final Guard guard;
  private final Engine<K, V> engine;
  private final OperationContext<K, V> context;

  CacheListing(Guard guard, Engine<K, V> engine, OperationContext<K, V> context) {
    this.guard = guard;
    this.engine = engine;
    this.context = context;
  }

  /** Iterates over all entries. */
  public Iterator<Cache.Entry<K, V>> entries() {
    guard.requireOpen();
    return new EntryIterator<>(guard, engine, context);
  }

  /** The keys of all entries; each iterator lists them anew. */
  public Iterable<K> keys() {
    guard.requireOpen();
    return () -> {
      guard.requireOpen();
      return new KeyIterator<>(guard, engine, context);
    };
  }

  /** The number of items, entries or not. */
  public long approximateSize() {
    guard.requireOpen();
    return guard.call(engine::countItems);
  }
}
