package org.jcachememcached.guice;

import javax.cache.configuration.Configuration;
import javax.cache.configuration.MutableConfiguration;

/**
 * What becomes of a cache that an annotation names and that does not exist. Implementations are
 * thread-safe.
 */
@FunctionalInterface
public interface MissingCaches {

  /**
   * Returns the configuration to create a cache with. Its types must let in every {@link
   * javax.cache.annotation.GeneratedCacheKey} and whatever the methods return.
   *
   * @throws MissingCacheException if the cache must not be created
   */
  Configuration<?, ?> configurationOf(String cacheName);

  /** Creates them with the defaults of JCache: entries never expire. */
  static MissingCaches create() {
    return create(new MutableConfiguration<>());
  }

  /** Creates all of them with this configuration. */
  static MissingCaches create(Configuration<?, ?> configuration) {
    return cacheName -> configuration;
  }

  /** Refuses them: the call of the method ends with a {@link MissingCacheException}. */
  static MissingCaches refuse() {
    return cacheName -> {
      throw new MissingCacheException(
          "There is no cache '%s', which an annotation names; create it first, or let it be created with MissingCaches.create()"
              .formatted(cacheName));
    };
  }
}
