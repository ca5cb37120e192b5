package org.jcachememcached.internal.event;

import java.util.Objects;
import javax.cache.event.EventType;
import org.jspecify.annotations.Nullable;

/**
 * A change of an entry, before listeners are called. Immutable.
 *
 * @param value the new value; for a removed or expired entry the last one
 * @param oldValue the previous value; null if there was none
 */
public record Event<K, V>(EventType type, K key, V value, @Nullable V oldValue) {

  public static <K, V> Event<K, V> created(K key, V value) {
    return new Event<>(EventType.CREATED, key, value, null);
  }

  public static <K, V> Event<K, V> updated(K key, V value, V oldValue) {
    return new Event<>(EventType.UPDATED, key, value, oldValue);
  }

  public static <K, V> Event<K, V> removed(K key, V lastValue) {
    return new Event<>(EventType.REMOVED, key, lastValue, lastValue);
  }

  public static <K, V> Event<K, V> expired(K key, V lastValue) {
    return new Event<>(EventType.EXPIRED, key, lastValue, Objects.requireNonNull(lastValue));
  }
}
