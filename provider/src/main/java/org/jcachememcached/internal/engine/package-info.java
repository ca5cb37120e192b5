/** Applies operations to the store: the only compare-and-set loop, the only place that retries. */
@NullMarked
package org.jcachememcached.internal.engine;

import org.jspecify.annotations.NullMarked;
