package org.jcachememcached.guice;

import java.util.function.Supplier;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.CacheManager;
import org.jspecify.annotations.Nullable;

/** The caches that annotations name; those that are missing are created or refused. Thread-safe. */
final class Caches {

  private final Supplier<CacheManager> manager;
  private final MissingCaches missing;

  /**
   * @param manager asked anew for each cache that is not known or closed, for a manager can be
   *     closed and another take its place
   */
  Caches(Supplier<CacheManager> manager, MissingCaches missing) {
    this.manager = manager;
    this.missing = missing;
  }

  Cache<?, ?> open(String name) {
    CacheManager current = manager.get();
    Cache<?, ?> cache = current.getCache(name);
    return cache != null ? cache : create(current, name);
  }

  private Cache<?, ?> create(CacheManager current, String name) {
    try {
      return current.createCache(name, missing.configurationOf(name));
    } catch (MissingCacheException e) {
      throw e;
    } catch (CacheException e) {
      @Nullable Cache<?, ?> createdByAnother = current.getCache(name);
      if (createdByAnother == null) {
        throw e;
      }
      return createdByAnother;
    }
  }
}
