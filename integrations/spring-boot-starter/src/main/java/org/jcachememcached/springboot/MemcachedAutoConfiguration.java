package org.jcachememcached.springboot;

import org.jcachememcached.MemcachedCacheManager;
import org.jcachememcached.spring.SpringCacheManager;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.cache.CacheManager;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;
import org.springframework.core.io.ResourceLoader;

/**
 * A JCache {@code CacheManager} with the settings in {@code memcached.*}, and Spring's {@code
 * CacheManager} on it; each unless the application has one of its own. The second steps back for
 * {@code spring.cache.type} too, as with {@code none} in tests.
 */
@AutoConfiguration(
    beforeName = {
      "org.springframework.boot.cache.autoconfigure.CacheAutoConfiguration",
      "org.springframework.boot.autoconfigure.cache.CacheAutoConfiguration"
    })
public final class MemcachedAutoConfiguration {

  MemcachedAutoConfiguration() {}

  @Bean
  CacheCreation memcachedCacheCreation(ObjectProvider<MemcachedCustomizer> customizers) {
    return new CacheCreation(customizers.orderedStream().toList());
  }

  @Bean
  @ConditionalOnMissingBean(javax.cache.CacheManager.class)
  MemcachedCacheManager memcachedCacheManager(
      CacheCreation creation, Environment environment, ResourceLoader application) {
    return creation.manager(MemcachedSettings.of(environment), application.getClassLoader());
  }

  /** With the declared caches only, or, if there is none, with any that is asked for. */
  @Bean
  @ConditionalOnBean(MemcachedCacheManager.class)
  @ConditionalOnMissingBean(value = CacheManager.class, name = "cacheResolver")
  @ConditionalOnProperty(
      name = "spring.cache.type",
      havingValue = "memcached",
      matchIfMissing = true)
  SpringCacheManager cacheManager(MemcachedCacheManager manager, CacheCreation creation) {
    return manager.getCacheNames().iterator().hasNext()
        ? new SpringCacheManager(manager)
        : SpringCacheManager.creatingMissingCaches(manager, creation::ofMissing);
  }
}
