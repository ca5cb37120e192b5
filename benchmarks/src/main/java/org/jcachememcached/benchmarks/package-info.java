/**
 * The provider beside the client that it stands on, a plain socket and other JCache providers,
 * doing the same jobs: what JCache costs.
 */
@NullMarked
package org.jcachememcached.benchmarks;

import org.jspecify.annotations.NullMarked;
