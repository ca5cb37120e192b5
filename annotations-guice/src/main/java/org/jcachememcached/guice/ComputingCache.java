package org.jcachememcached.guice;

import java.util.function.Supplier;
import javax.cache.Cache;
import javax.cache.configuration.CompleteConfiguration;
import org.jcachememcached.MemcachedCache;
import org.jspecify.annotations.Nullable;

/**
 * The caches that compute a missing value themselves, so that the callers of all JVMs can wait for
 * one computation: those of the provider {@code jcache-memcached}, which need not be on the class
 * path. Thread-safe.
 */
final class ComputingCache {

  private static final boolean IS_PROVIDER_PRESENT = isProviderPresent();

  private ComputingCache() {}

  private static boolean isProviderPresent() {
    try {
      Class.forName(
          "org.jcachememcached.MemcachedCache", false, ComputingCache.class.getClassLoader());
      return true;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }

  /**
   * Whether a cache can compute what the annotations would otherwise look up and put. A computed
   * value is neither loaded nor written, so a cache that reads or writes through is none of these.
   */
  static boolean isOne(Cache<Object, Object> cache) {
    return IS_PROVIDER_PRESENT && cache instanceof MemcachedCache && !hasLoaderOrWriter(cache);
  }

  @SuppressWarnings("unchecked") // A configuration has the types of its cache.
  private static boolean hasLoaderOrWriter(Cache<Object, Object> cache) {
    CompleteConfiguration<Object, Object> configuration =
        cache.getConfiguration(CompleteConfiguration.class);
    return configuration.isReadThrough() || configuration.isWriteThrough();
  }

  /**
   * The value of a key, or the one that is computed now and stored unless it is null.
   *
   * @param cache one of these
   */
  static @Nullable Object getOrCompute(
      Cache<Object, Object> cache, Object key, Supplier<? extends @Nullable Object> computation) {
    return ((MemcachedCache<Object, Object>) cache).getOrCompute(key, same -> computation.get());
  }
}
