package org.jcachememcached.internal.store.memcached.invalidation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The keys that are still to be removed from one server, up to a limit: on overflow the prefixes
 * replace the keys below them. Each connection has a part of it. Thread-safe.
 */
public final class PendingInvalidations {

  /**
   * A key that is to be removed.
   *
   * @param prefix below which everything is removed instead when there are too many keys
   */
  public record Entry(String prefix, String key) {}

  private final int capacity;
  private final List<Part> parts;
  private int size;
  private long overflows;

  /** Written under the lock. */
  private volatile long additions;

  /**
   * Creates an empty one.
   *
   * @param capacity how many keys it holds
   * @param parts how many parts it has
   */
  public PendingInvalidations(int capacity, int parts) {
    this.capacity = capacity;
    this.parts = Stream.generate(Part::new).limit(parts).toList();
  }

  /** One of the parts. */
  public Part part(int i) {
    return parts.get(i);
  }

  /** Whether nothing is to be removed on any connection. */
  synchronized boolean isEmpty() {
    return parts.stream().allMatch(Part::isEmpty);
  }

  /** The keys that are to be removed, each with its prefix. */
  public synchronized Map<String, String> keys() {
    Map<String, String> all = new HashMap<>();
    for (Part part : parts) {
      part.keys.forEach((key, noted) -> all.put(key, noted.prefix()));
    }
    return all;
  }

  /** A number that changes whenever something more is to be removed; for every thread, fast. */
  public long additions() {
    return additions;
  }

  private void countAddition() {
    long before = additions;
    additions = before + 1;
  }

  /** How often there were too many keys. */
  public synchronized long overflows() {
    return overflows;
  }

  private void overflow() {
    Set<String> prefixes = new LinkedHashSet<>();
    for (Part part : parts) {
      part.keys.values().forEach(noted -> prefixes.add(noted.prefix()));
      part.keys.clear();
    }
    parts.forEach(part -> part.prefixes.addAll(prefixes));
    size = 0;
    overflows++;
  }

  /** What is to be removed on one connection, oldest first. Thread-safe. */
  public final class Part {

    private final Map<String, Entry> keys = new LinkedHashMap<>();
    private final Set<String> prefixes = new LinkedHashSet<>();

    private Part() {}

    /** What this is a part of. */
    PendingInvalidations whole() {
      return PendingInvalidations.this;
    }

    /** Notes a key; one that is noted already keeps its place. */
    public void add(Entry entry) {
      synchronized (PendingInvalidations.this) {
        countAddition();
        if (!prefixes.contains(entry.prefix()) && keys.putIfAbsent(entry.key(), entry) == null) {
          size++;
          if (size > capacity) {
            overflow();
          }
        }
      }
    }

    /** Notes that everything below a prefix is to be removed. */
    public void addPrefix(String prefix) {
      synchronized (PendingInvalidations.this) {
        countAddition();
        prefixes.add(prefix);
        int before = keys.size();
        keys.values().removeIf(noted -> noted.prefix().equals(prefix));
        size -= before - keys.size();
      }
    }

    /** The oldest keys, at most so many; they are noted no longer. */
    public List<Entry> take(int limit) {
      synchronized (PendingInvalidations.this) {
        List<Entry> taken = new ArrayList<>(Math.min(limit, keys.size()));
        Iterator<Entry> oldest = keys.values().iterator();
        while (taken.size() < limit && oldest.hasNext()) {
          taken.add(oldest.next());
          oldest.remove();
        }
        size -= taken.size();
        return taken;
      }
    }

    /** The prefixes below which everything is to be removed; they are noted no longer. */
    public List<String> takePrefixes() {
      synchronized (PendingInvalidations.this) {
        List<String> taken = List.copyOf(prefixes);
        prefixes.clear();
        return taken;
      }
    }

    /** The number of keys. */
    int size() {
      synchronized (PendingInvalidations.this) {
        return keys.size();
      }
    }

    /** Whether one key more is no overflow. */
    boolean hasRoom() {
      synchronized (PendingInvalidations.this) {
        return size < capacity;
      }
    }

    boolean hasPrefixes() {
      synchronized (PendingInvalidations.this) {
        return !prefixes.isEmpty();
      }
    }

    /** Whether there is neither a key nor a prefix. */
    boolean isEmpty() {
      synchronized (PendingInvalidations.this) {
        return keys.isEmpty() && prefixes.isEmpty();
      }
    }

    /** Moves everything to another part, in the same order. */
    void moveTo(Part other) {
      takePrefixes().forEach(other::addPrefix);
      take(Integer.MAX_VALUE).forEach(other::add);
    }

    @Override
    public String toString() {
      synchronized (PendingInvalidations.this) {
        return keys.size() + " keys, and everything below " + prefixes;
      }
    }
  }
}
