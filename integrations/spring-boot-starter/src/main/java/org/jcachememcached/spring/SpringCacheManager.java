package org.jcachememcached.spring;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Function;
import javax.cache.CacheException;
import javax.cache.configuration.Configuration;
import javax.cache.configuration.MutableConfiguration;
import org.jcachememcached.MemcachedCache;
import org.jcachememcached.MemcachedCacheManager;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.cache.Cache;
import org.springframework.cache.CacheManager;

/**
 * Spring's view of the caches of one JCache manager of this provider:
 *
 * <pre>{@code
 * @Bean org.springframework.cache.CacheManager cacheManager(javax.cache.CacheManager manager) {
 *   return new SpringCacheManager(manager);
 * }
 * }</pre>
 *
 * <p>In contrast to Spring's own {@code JCacheCacheManager}, its caches work with methods that
 * return a {@code CompletableFuture} or a reactive type, and {@code @Cacheable(sync = true)}
 * computes a value once for all JVMs, and also while the servers fail (setting {@code
 * on.failure=degrade}). Both use the same entries.
 *
 * <p>Thread-safe. The JCache manager stays the application's: it closes it.
 */
public final class SpringCacheManager implements CacheManager {

  private static final Logger LOG = LoggerFactory.getLogger(SpringCacheManager.class);

  private final MemcachedCacheManager manager;
  private final @Nullable Function<String, ? extends Configuration<?, ?>> missing;
  private final Executor executor = AsynchronousCalls.executor();
  private final Map<String, SpringCache> caches = new ConcurrentHashMap<>();

  /**
   * Shows the caches that the manager has, declared ones and those that are created later included.
   *
   * @param manager a manager of this provider
   * @throws IllegalArgumentException if the manager is of another provider
   */
  public SpringCacheManager(javax.cache.CacheManager manager) {
    this(manager, null);
  }

  private SpringCacheManager(
      javax.cache.CacheManager manager,
      @Nullable Function<String, ? extends Configuration<?, ?>> missing) {
    this.manager = ofThisProvider(manager);
    this.missing = missing;
  }

  /**
   * Shows the caches that the manager has, and creates all others when they are first asked for.
   *
   * @param manager a manager of this provider
   * @param configurations the configuration of the cache of a name
   * @throws IllegalArgumentException if the manager is of another provider
   */
  public static SpringCacheManager creatingMissingCaches(
      javax.cache.CacheManager manager,
      Function<String, ? extends Configuration<?, ?>> configurations) {
    return new SpringCacheManager(manager, configurations);
  }

  /** The same with the settings that the manager has for all caches. */
  public static SpringCacheManager creatingMissingCaches(javax.cache.CacheManager manager) {
    return creatingMissingCaches(manager, name -> new MutableConfiguration<Object, Object>());
  }

  private static MemcachedCacheManager ofThisProvider(javax.cache.CacheManager manager) {
    try {
      return manager.unwrap(MemcachedCacheManager.class);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "The cache manager %s is of %s, but must be a %s"
              .formatted(
                  manager.getURI(),
                  manager.getClass().getName(),
                  MemcachedCacheManager.class.getName()),
          e);
    }
  }

  /**
   * The cache of that name.
   *
   * @return null if there is none and missing caches are not created; a warning in the log names
   *     the caches that there are
   * @throws CacheException if the cache cannot be created
   */
  @Override
  public @Nullable Cache getCache(String name) {
    SpringCache known = caches.get(name);
    if (known != null && !known.getNativeCache().isClosed()) {
      return known;
    }
    MemcachedCache<Object, Object> found = find(name);
    if (found == null) {
      LOG.warn("There is no cache '{}'; the caches are {}", name, getCacheNames());
      return null;
    }
    return caches.compute(
        name,
        (same, other) ->
            other != null && other.getNativeCache() == found
                ? other
                : new SpringCache(found, executor));
  }

  private @Nullable MemcachedCache<Object, Object> find(String name) {
    javax.cache.Cache<Object, Object> cache = manager.getCache(name);
    if (cache == null && missing != null) {
      cache = created(name, missing.apply(name));
    }
    return cache == null ? null : MemcachedCache.of(cache);
  }

  private javax.cache.@Nullable Cache<Object, Object> created(
      String name, Configuration<?, ?> configuration) {
    try {
      manager.createCache(name, configuration);
    } catch (CacheException e) {
      // Another thread may have been faster.
      if (manager.getCache(name) == null) {
        throw e;
      }
    }
    return manager.getCache(name);
  }

  /** The names of all caches, declared ones that were not used yet included. */
  @Override
  public Collection<String> getCacheNames() {
    List<String> names = new ArrayList<>();
    manager.getCacheNames().forEach(names::add);
    return List.copyOf(names);
  }

  @Override
  public String toString() {
    return "Spring's view of " + manager;
  }
}
