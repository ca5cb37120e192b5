package org.jcachememcached.store.memcached;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The keys that are still to be removed from one server, oldest first, and no more of them than
 * were allowed: on overflow the prefixes take the place of the keys below them. Not thread-safe.
 */
final class Journal {

  /**
   * A key that is to be removed.
   *
   * @param prefix what goes instead when there are too many keys
   */
  record Entry(String prefix, String key) {}

  private final int capacity;
  private final Map<String, Entry> keys = new LinkedHashMap<>();
  private final Set<String> prefixes = new LinkedHashSet<>();
  private long overflows;

  /**
   * @param capacity how many keys it holds
   */
  Journal(int capacity) {
    this.capacity = capacity;
  }

  /** Notes a key; one that is noted already keeps its place. */
  void add(Entry entry) {
    if (prefixes.contains(entry.prefix())) {
      return;
    }
    if (keys.putIfAbsent(entry.key(), entry) == null && keys.size() > capacity) {
      keys.values().forEach(noted -> prefixes.add(noted.prefix()));
      keys.clear();
      overflows++;
    }
  }

  /** Notes that everything below a prefix is to be removed. */
  void addPrefix(String prefix) {
    prefixes.add(prefix);
    keys.values().removeIf(noted -> noted.prefix().equals(prefix));
  }

  /** The oldest keys, at most so many; they are noted no longer. */
  List<Entry> take(int limit) {
    List<Entry> taken = new ArrayList<>(Math.min(limit, keys.size()));
    Iterator<Entry> oldest = keys.values().iterator();
    while (taken.size() < limit && oldest.hasNext()) {
      taken.add(oldest.next());
      oldest.remove();
    }
    return taken;
  }

  /** The prefixes below which everything is to be removed; they are noted no longer. */
  List<String> takePrefixes() {
    List<String> taken = List.copyOf(prefixes);
    prefixes.clear();
    return taken;
  }

  /** Moves everything to another journal, in the same order. */
  void moveTo(Journal other) {
    takePrefixes().forEach(other::addPrefix);
    take(keys.size()).forEach(other::add);
  }

  /** The number of keys. */
  int size() {
    return keys.size();
  }

  boolean hasRoom() {
    return keys.size() < capacity;
  }

  boolean hasPrefixes() {
    return !prefixes.isEmpty();
  }

  /** How often there were too many keys. */
  long overflows() {
    return overflows;
  }

  @Override
  public String toString() {
    return keys.size() + " keys, and everything below " + prefixes;
  }
}
