/**
 * A store of two groups of servers, for moving caches from one to the other without beginning cold.
 */
@NullMarked
package org.jcachememcached.internal.store.warmup;

import org.jspecify.annotations.NullMarked;
