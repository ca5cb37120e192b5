package org.jcachememcached.internal.event;

import javax.cache.Cache;
import javax.cache.event.CacheEntryEvent;
import org.jcachememcached.internal.jcache.Unwrap;
import org.jspecify.annotations.Nullable;

/** An event as a listener receives it. Immutable. */
final class EntryEvent<K, V> extends CacheEntryEvent<K, V> {

  private static final long serialVersionUID = 1L;

  private final transient Event<K, V> event;

  EntryEvent(Cache<K, V> source, Event<K, V> event) {
    super(source, event.type());
    this.event = event;
  }

  @Override
  public K getKey() {
    return event.key();
  }

  @Override
  public V getValue() {
    return event.value();
  }

  @Override
  public @Nullable V getOldValue() {
    return event.oldValue();
  }

  @Override
  public boolean isOldValueAvailable() {
    return event.oldValue() != null;
  }

  @Override
  public <T> T unwrap(Class<T> type) {
    return Unwrap.to(type, this);
  }

  @Override
  public String toString() {
    return getEventType() + " " + getKey() + " in " + getSource();
  }
}
