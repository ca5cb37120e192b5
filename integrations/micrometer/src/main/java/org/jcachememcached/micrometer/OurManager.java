package org.jcachememcached.micrometer;

import javax.cache.CacheManager;
import org.jcachememcached.MemcachedCacheManager;

/** Finds the manager of this provider behind one of JCache. Stateless. */
final class OurManager {

  private OurManager() {}

  /**
   * The manager with everything that it has.
   *
   * @throws IllegalArgumentException if the manager is of another provider
   */
  static MemcachedCacheManager of(CacheManager manager) {
    try {
      return manager.unwrap(MemcachedCacheManager.class);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "The cache manager %s is of %s; only a %s can be observed"
              .formatted(
                  manager.getURI(),
                  manager.getClass().getName(),
                  MemcachedCacheManager.class.getName()),
          e);
    }
  }
}
