package org.jcachememcached.springboot;

import org.jcachememcached.MemcachedConfiguration;

/**
 * Gives caches what only objects of the application can, such as a loader or a codec with an {@code
 * ObjectMapper} of its own. All beans of this type are called, in their order, for each cache that
 * the starter creates, after the settings in {@code memcached.*} were read.
 *
 * <pre>{@code
 * @Bean MemcachedCustomizer loaders(ProductLoader loader) {
 *   return (cache, configuration) -> {
 *     if (cache.equals("products")) {
 *       configuration.setCacheLoader(loader).setReadThrough(true);
 *     }
 *   };
 * }
 * }</pre>
 */
@FunctionalInterface
public interface MemcachedCustomizer {

  /**
   * Changes the configuration of a cache before it is created.
   *
   * @param cacheName the name of the cache
   * @param configuration has the settings below {@code memcached.caches.<name>}; what is set here
   *     wins over them
   */
  void customize(String cacheName, MemcachedConfiguration<Object, Object> configuration);
}
