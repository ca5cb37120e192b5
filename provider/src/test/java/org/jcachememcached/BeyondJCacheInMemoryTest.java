package org.jcachememcached;

import java.time.Duration;
import javax.cache.Cache;
import javax.cache.configuration.MutableConfiguration;
import org.junit.jupiter.api.AfterEach;

/** What a cache has beyond JCache, on a store in this JVM whose clock stands still. */
class BeyondJCacheInMemoryTest extends BeyondJCacheContract {

  private final TestCaches caches = new TestCaches();

  @AfterEach
  void close() {
    caches.close();
  }

  @Override
  public <K, V> Cache<K, V> create(MutableConfiguration<K, V> configuration) {
    return caches.open(configuration);
  }

  @Override
  public void pass(Duration time) {
    caches.clock().advance(time);
  }
}
