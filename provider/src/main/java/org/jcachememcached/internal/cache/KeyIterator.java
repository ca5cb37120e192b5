package org.jcachememcached.internal.cache;

import java.util.Collection;
import org.jcachememcached.internal.engine.Engine;
import org.jcachememcached.internal.engine.KeyListing;
import org.jcachememcached.internal.engine.ListedKey;
import org.jcachememcached.internal.operation.OperationContext;

/**
 * Iterates over the keys of a cache without access to the entries. Items whose key cannot be
 * decoded are skipped; where the failure policy makes them exceptions, {@link #next} throws each
 * once and continues after it. Not thread-safe.
 */
final class KeyIterator<K, V> extends ListingIterator<K, V, ListedKey<K>, K> {

  private final KeyListing<K, V> listing;

  KeyIterator(Guard guard, Engine<K, V> engine, OperationContext<K, V> context) {
    super(guard, engine, context);
    this.listing = guard.call(engine::listKeys);
  }

  @Override
  Collection<ListedKey<K>> nextPage() {
    return listing.nextPage();
  }

  @Override
  boolean isSkipped(ListedKey<K> listed) {
    return engine.isSkipped(listed);
  }

  @Override
  K take(ListedKey<K> listed) {
    K key = listed.decoded();
    returned(key);
    return key;
  }

  @Override
  void close() {
    listing.close();
  }
}
