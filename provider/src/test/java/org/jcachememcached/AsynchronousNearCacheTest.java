package org.jcachememcached;

import org.junit.jupiter.api.extension.ExtendWith;

/** The near cache through the asynchronous view. */
@ExtendWith(AsynchronousCaches.class)
class AsynchronousNearCacheTest extends NearCacheTest {}
