package org.jcachememcached.benchmarks;

import com.google.inject.Inject;
import javax.cache.annotation.CacheResult;

/** A service whose values are all cached, so that its method never runs. Thread-safe. */
class Users {

  static final String CACHE = "annotated-users";

  @Inject
  Users() {}

  @CacheResult(cacheName = CACHE)
  String find(String name) {
    throw new IllegalStateException("The cache does not know " + name);
  }
}
