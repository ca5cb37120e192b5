package org.jcachememcached;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.extension.ExtendWith;

/** The near cache through the asynchronous view. */
@ExtendWith(AsynchronousCaches.class)
class AsynchronousNearCacheTest {

  @Nested
  class Reads extends NearCacheTest {}

  @Nested
  class Changes extends NearCacheChangesTest {}

  @Nested
  class Misses extends NearMissesTest {}
}
