package org.jcachememcached.internal.integration;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The loads of several operations of one call, in one call of the loader for all that are about to
 * be applied together. No key is loaded twice; a failure is a result too. Not thread-safe.
 */
public final class BulkLoad<K, V> {

  private final Function<Set<K>, Map<K, V>> loader;
  private final Map<K, LoadOnce<Map<K, V>>> loads = new HashMap<>();
  private final Set<K> announced = new HashSet<>();
  private final Map<K, LoadOnce<Map<K, V>>> causes = new HashMap<>();

  /**
   * @param loader returns the values of the keys that have one
   */
  public BulkLoad(Function<Set<K>, Map<K, V>> loader) {
    this.loader = loader;
  }

  /** The value of that key will be needed. */
  public void announce(K key) {
    if (!loads.containsKey(key)) {
      announced.add(key);
    }
  }

  /**
   * The value of a key, loaded with those of all keys that were announced; null if the loader
   * returns none.
   */
  public @Nullable V get(K key) {
    LoadOnce<Map<K, V>> load = loads.get(key);
    if (load == null) {
      load = begin(key);
    }
    return load.get().get(key);
  }

  private LoadOnce<Map<K, V>> begin(K key) {
    announced.add(key);
    LoadOnce<Map<K, V>> load = LoadOnce.ofAll(loader, Set.copyOf(announced));
    announced.forEach(each -> loads.put(each, load));
    announced.clear();
    causes.put(key, load);
    return load;
  }

  /** Whether the value of that key was loaded. */
  public boolean isDone(K key) {
    return loads.containsKey(key);
  }

  /** The time that the loader took for that key; 0 if another key was the cause of the load. */
  public long nanos(K key) {
    LoadOnce<Map<K, V>> load = causes.get(key);
    return load == null ? 0 : load.nanos();
  }
}
