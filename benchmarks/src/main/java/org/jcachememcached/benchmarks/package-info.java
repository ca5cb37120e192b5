/**
 * The provider beside the client that it stands on, doing the same jobs on the same server: what
 * JCache costs.
 */
@NullMarked
package org.jcachememcached.benchmarks;

import org.jspecify.annotations.NullMarked;
