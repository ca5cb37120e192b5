package org.jcachememcached;

import javax.cache.Cache;
import javax.cache.configuration.MutableConfiguration;

/** The tags of entries through the asynchronous view. */
class AsynchronousTagsTest extends TagsInMemoryTest {

  @Override
  <K, V> Cache<K, V> create(MutableConfiguration<K, V> configuration) {
    return AwaitedCache.of(super.create(configuration));
  }
}
