package org.jcachememcached.internal.event;

import java.util.List;

/** Takes note of what happens to the entries of one cache. Thread-safe. */
@FunctionalInterface
public interface EventPublisher<K, V> {

  /**
   * Takes note of events: in the order of these calls, listeners are told of what happens to a key.
   * Returns without waiting.
   *
   * @param keys whose events they are, as they are on the wire
   * @param bytes how large the values of all events are, as they are stored
   */
  CommittedEvents enlist(List<String> keys, List<Event<K, V>> events, long bytes);
}
