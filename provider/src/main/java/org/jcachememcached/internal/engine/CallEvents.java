package org.jcachememcached.internal.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jcachememcached.internal.event.CommittedEvents;
import org.jcachememcached.internal.event.Event;
import org.jcachememcached.internal.event.EventPublisher;
import org.jspecify.annotations.Nullable;

/** The events of one call, on their way to the listeners. Not thread-safe. */
final class CallEvents<K, V> {

  private final EventPublisher<K, V> publisher;
  private final List<CommittedEvents> enlisted = new ArrayList<>(0);
  private List<String> keys = List.of();
  private List<Event<K, V>> events = List.of();
  private long bytes;

  CallEvents(EventPublisher<K, V> publisher) {
    this.publisher = publisher;
  }

  /**
   * Adds the events of a key.
   *
   * @param size the size of the values of the events, in bytes
   */
  void add(String key, List<Event<K, V>> more, long size) {
    if (more.isEmpty()) {
      return;
    }
    if (events.isEmpty()) {
      keys = new ArrayList<>();
      events = new ArrayList<>();
    }
    keys.add(key);
    events.addAll(more);
    bytes += size;
  }

  /** Fixes the place of the events added since the last call in the order of events. */
  void enlist() {
    if (!events.isEmpty()) {
      enlisted.add(publisher.enlist(keys, events, bytes));
      keys = List.of();
      events = List.of();
      bytes = 0;
    }
  }

  /**
   * Calls the listeners for all enlisted events.
   *
   * @param onFailure receives the exceptions of listeners
   */
  void publish(Consumer<RuntimeException> onFailure) {
    @Nullable Error error = null;
    for (CommittedEvents committed : enlisted) {
      try {
        committed.publish();
      } catch (RuntimeException e) {
        onFailure.accept(e);
      } catch (Error e) {
        error = e;
      }
    }
    enlisted.clear();
    if (error != null) {
      throw error;
    }
  }
}
