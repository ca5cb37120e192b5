package org.jcachememcached;

import javax.cache.Cache;
import javax.cache.configuration.MutableConfiguration;

/** The same through the asynchronous view. */
class AsynchronousInMemoryTest extends BeyondJCacheInMemoryTest {

  @Override
  public <K, V> Cache<K, V> create(MutableConfiguration<K, V> configuration) {
    return AwaitedCache.of(super.create(configuration));
  }
}
