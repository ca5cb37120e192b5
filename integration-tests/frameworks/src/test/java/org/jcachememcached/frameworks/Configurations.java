package org.jcachememcached.frameworks;

import javax.cache.CacheManager;
import javax.cache.configuration.CompleteConfiguration;
import javax.cache.expiry.ExpiryPolicy;

/** What a cache of a manager is configured as. Stateless. */
final class Configurations {

  private Configurations() {}

  @SuppressWarnings("unchecked") // A class literal has no type arguments.
  static CompleteConfiguration<?, ?> of(CacheManager manager, String cache) {
    return manager.getCache(cache).getConfiguration(CompleteConfiguration.class);
  }

  static ExpiryPolicy expiry(CacheManager manager, String cache) {
    return of(manager, cache).getExpiryPolicyFactory().create();
  }
}
