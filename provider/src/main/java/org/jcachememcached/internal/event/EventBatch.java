package org.jcachememcached.internal.event;

import java.util.ArrayList;
import java.util.List;
import javax.cache.Cache;
import javax.cache.event.EventType;

/** Consecutive events of one type, which a listener receives in one call. Immutable. */
record EventBatch<K, V>(EventType type, List<EntryEvent<K, V>> events) {

  /** The events as listeners of that cache receive them, in their order. */
  static <K, V> List<EventBatch<K, V>> of(Cache<K, V> source, List<Event<K, V>> events) {
    List<EventBatch<K, V>> runs = new ArrayList<>(1);
    for (int from = 0; from < events.size(); ) {
      EventType type = events.get(from).type();
      List<EntryEvent<K, V>> run = new ArrayList<>();
      for (; from < events.size() && events.get(from).type() == type; from++) {
        run.add(new EntryEvent<>(source, events.get(from)));
      }
      runs.add(new EventBatch<>(type, run));
    }
    return runs;
  }

  int size() {
    return events.size();
  }
}
