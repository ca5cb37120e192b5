/**
 * The near cache: what a JVM keeps of the entries that it has read, for a short time, so that the
 * next read of them takes no round trip.
 */
@NullMarked
package org.jcachememcached.internal.near;

import org.jspecify.annotations.NullMarked;
