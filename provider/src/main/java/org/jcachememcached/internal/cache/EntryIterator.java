package org.jcachememcached.internal.cache;

import java.util.Collection;
import javax.cache.Cache;
import org.jcachememcached.internal.engine.Engine;
import org.jcachememcached.internal.engine.EntryScan;
import org.jcachememcached.internal.engine.ScannedEntry;
import org.jcachememcached.internal.jcache.CacheEntry;
import org.jcachememcached.internal.operation.IteratorAccess;
import org.jcachememcached.internal.operation.OperationContext;

/**
 * Iterates over the entries of a cache, each {@link #next} an access. An entry that has expired
 * since its page was read is not returned, unless {@link #hasNext} has promised it. Items that
 * cannot be decoded are skipped; where the failure policy makes them exceptions, {@link #next}
 * throws each once and continues after it. Not thread-safe.
 */
final class EntryIterator<K, V>
    extends ListingIterator<K, V, ScannedEntry<K, V>, Cache.Entry<K, V>> {

  private final EntryScan<K, V> scan;

  EntryIterator(Guard guard, Engine<K, V> engine, OperationContext<K, V> context) {
    super(guard, engine, context);
    this.scan = guard.call(engine::scan);
  }

  @Override
  Collection<ScannedEntry<K, V>> nextPage() {
    return scan.nextPage();
  }

  @Override
  boolean isSkipped(ScannedEntry<K, V> entry) {
    return engine.isSkipped(entry);
  }

  @Override
  Cache.Entry<K, V> take(ScannedEntry<K, V> entry) {
    V value = engine.executeOn(entry, new IteratorAccess<>(context, entry.key()));
    returned(entry.key());
    return new CacheEntry<>(entry.key(), value);
  }

  @Override
  void close() {
    scan.close();
  }
}
