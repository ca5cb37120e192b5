package org.jcachememcached.internal.event;

import java.util.List;

/** Publishes the events of one cache. Implementations are thread-safe. */
@FunctionalInterface
public interface EventPublisher<K, V> {

  /**
   * Fixes the place of events: listeners receive the events of a key in the order of these calls.
   * Returns without waiting.
   *
   * @param keys the keys of the events, as they are sent to the store
   * @param bytes the stored size of the values of all events
   */
  CommittedEvents enlist(List<String> keys, List<Event<K, V>> events, long bytes);
}
