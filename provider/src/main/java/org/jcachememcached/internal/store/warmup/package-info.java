/** A store over two groups of servers, for migrating caches without starting cold. */
@NullMarked
package org.jcachememcached.internal.store.warmup;

import org.jspecify.annotations.NullMarked;
