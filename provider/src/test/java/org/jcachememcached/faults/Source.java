package org.jcachememcached.faults;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import javax.cache.integration.CacheLoader;
import org.jspecify.annotations.Nullable;

/**
 * The keys that are read, and what their values are loaded from: a load of 0 to 5 ms makes the
 * value of the version that was the last one when it began. Thread-safe.
 */
final class Source implements CacheLoader<String, String> {

  private static final long LOAD_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

  private final List<OwnedKey> keys;
  private final Observation observation;

  Source(List<OwnedKey> keys, Observation observation) {
    this.keys = new CopyOnWriteArrayList<>(keys);
    this.observation = observation;
  }

  /** The keys to read. */
  List<OwnedKey> keys() {
    return keys;
  }

  /** Lets further keys be read. */
  void add(List<OwnedKey> further) {
    keys.addAll(further);
  }

  @Override
  public @Nullable String load(String name) {
    for (OwnedKey key : keys) {
      if (key.name().equals(name)) {
        return load(key);
      }
    }
    return null;
  }

  private String load(OwnedKey key) {
    observation.miss();
    Versioned value = new Versioned(key.name(), key.lastVersion(), 0);
    LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(LOAD_NANOS));
    return value.text();
  }

  @Override
  public Map<String, String> loadAll(Iterable<? extends String> names) {
    return StreamSupport.stream(names.spliterator(), false)
        .filter(name -> keys.stream().anyMatch(key -> key.name().equals(name)))
        .collect(Collectors.toMap(name -> name, this::load));
  }
}
