package org.jcachememcached;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import javax.cache.CacheException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The caches of one manager by name: the open ones, those that the config file declares and that
 * are not created yet, and those whose destruction could not remove all entries. Thread-safe; holds
 * no lock while a cache is opened or destroyed.
 */
final class CacheRegistry {

  private static final Logger LOG = LoggerFactory.getLogger(CacheRegistry.class);

  private final Map<String, ManagedCache<?, ?>> open = new ConcurrentHashMap<>();
  private final Map<String, ManagedCache<?, ?>> halfDestroyed = new ConcurrentHashMap<>();
  private final Set<String> declared = ConcurrentHashMap.newKeySet();

  /**
   * @param declared the names of the caches that the config file declares
   */
  CacheRegistry(Collection<String> declared) {
    this.declared.addAll(declared);
  }

  /** The open cache of that name, or null. */
  @Nullable ManagedCache<?, ?> get(String name) {
    return open.get(name);
  }

  /** All open caches; an immutable copy. */
  List<MemcachedCache<?, ?>> open() {
    return List.copyOf(open.values());
  }

  /** Whether the config file declares the cache and it has not been destroyed. */
  boolean isDeclared(String name) {
    return declared.contains(name);
  }

  /** The names of all open and declared caches, in alphabetical order. */
  Set<String> names() {
    Set<String> names = new TreeSet<>(open.keySet());
    names.addAll(declared);
    return names;
  }

  /**
   * Adds an open cache.
   *
   * @return false if there is an open cache of that name
   * @throws CacheException if its keys begin like those of another cache
   */
  boolean add(ManagedCache<?, ?> cache) {
    if (open.putIfAbsent(cache.getName(), cache) != null) {
      return false;
    }
    requireDistinctKeys(cache);
    return true;
  }

  private void requireDistinctKeys(ManagedCache<?, ?> cache) {
    for (ManagedCache<?, ?> other : open.values()) {
      if (other != cache && other.core().overlaps(cache.core())) {
        throw new CacheException(
            "The keys of cache '%s' begin with '%s' and those of cache '%s' with '%s' (setting key.prefix), so that a clear of one would remove entries of the other"
                .formatted(
                    cache.getName(),
                    cache.core().keyPrefix(),
                    other.getName(),
                    other.core().keyPrefix()));
      }
    }
  }

  /** Removes a closed cache. */
  void remove(ManagedCache<?, ?> cache) {
    open.remove(cache.getName(), cache);
  }

  /** Closes all caches and forgets them; entries that could not be removed stay. */
  void closeAll() {
    List<ManagedCache<?, ?>> removed = new ArrayList<>(open.values());
    open.clear();
    removed.forEach(CacheRegistry::close);
    halfDestroyed.forEach(CacheRegistry::abandonEntries);
  }

  /** JSR-107 requires exceptions from closing a cache to be ignored. */
  private static void close(ManagedCache<?, ?> cache) {
    try {
      cache.core().close();
    } catch (RuntimeException e) {
      LOG.warn("{} could not be closed", cache, e);
    }
  }

  private static void abandonEntries(String cacheName, ManagedCache<?, ?> cache) {
    LOG.warn("The entries of cache '{}' could not be removed and stay", cacheName);
    cache.core().abandonEntries();
  }

  /**
   * Starts the destruction of a cache, which is no longer open or declared from now on.
   *
   * @param cache the open cache of that name, or null if there is none
   */
  void beginDestruction(String name, @Nullable ManagedCache<?, ?> cache) {
    declared.remove(name);
    if (cache != null) {
      halfDestroyed.put(name, cache);
      open.remove(name, cache);
    }
  }

  /**
   * Removes the entries of a cache whose destruction has begun, if there is one.
   *
   * @throws CacheException if they cannot be removed; another call tries again
   */
  void finishDestruction(String name) {
    ManagedCache<?, ?> cache = halfDestroyed.get(name);
    if (cache != null) {
      cache.core().destroy();
      halfDestroyed.remove(name, cache);
    }
  }
}
