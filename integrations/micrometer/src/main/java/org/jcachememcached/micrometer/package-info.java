/**
 * Meters of <a href="https://micrometer.io">Micrometer</a> for the caches and servers of a manager:
 * {@link org.jcachememcached.micrometer.MemcachedMetrics}; and observations of their calls: {@link
 * org.jcachememcached.micrometer.MemcachedObservations}.
 */
@NullMarked
package org.jcachememcached.micrometer;

import org.jspecify.annotations.NullMarked;
