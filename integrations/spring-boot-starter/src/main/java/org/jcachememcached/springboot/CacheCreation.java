package org.jcachememcached.springboot;

import java.util.List;
import javax.cache.CacheException;
import org.jcachememcached.MemcachedCacheManager;
import org.jcachememcached.MemcachedCachingProvider;
import org.jcachememcached.MemcachedConfiguration;

/** Creates the manager and caches of an application. Immutable. */
final class CacheCreation {

  private final List<MemcachedCustomizer> customizers;

  CacheCreation(List<MemcachedCustomizer> customizers) {
    this.customizers = List.copyOf(customizers);
  }

  /**
   * Creates a manager of its own for this application, and the caches that are declared.
   *
   * @throws InvalidSettingException if a setting is unknown or not allowed
   */
  MemcachedCacheManager manager(MemcachedSettings settings, ClassLoader classLoader) {
    MemcachedCacheManager manager = open(settings, classLoader);
    try {
      settings.caches().forEach((name, configuration) -> create(manager, name, configuration));
    } catch (Throwable e) {
      manager.close();
      throw e;
    }
    return manager;
  }

  private static MemcachedCacheManager open(MemcachedSettings settings, ClassLoader classLoader) {
    try {
      // Of a provider of its own: another one would return the manager of another application.
      return new MemcachedCachingProvider()
          .getCacheManager(settings.uri(), classLoader, settings.ofManager())
          .unwrap(MemcachedCacheManager.class);
    } catch (CacheException e) {
      throw new InvalidSettingException(e.getMessage(), e);
    }
  }

  private void create(
      MemcachedCacheManager manager,
      String name,
      MemcachedConfiguration<Object, Object> configuration) {
    MemcachedConfiguration<Object, Object> complete = customized(name, configuration);
    try {
      manager.createCache(name, complete);
    } catch (CacheException e) {
      throw new InvalidSettingException(
          "Cache '%s' cannot be created: %s".formatted(name, e.getMessage()), e);
    }
  }

  /** The configuration of a cache that is not declared. */
  MemcachedConfiguration<Object, Object> ofMissing(String name) {
    return customized(name, new MemcachedConfiguration<>());
  }

  private MemcachedConfiguration<Object, Object> customized(
      String name, MemcachedConfiguration<Object, Object> configuration) {
    customizers.forEach(customizer -> customizer.customize(name, configuration));
    return configuration;
  }
}
