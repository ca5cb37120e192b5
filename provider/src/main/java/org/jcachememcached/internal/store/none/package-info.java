/** The store that keeps nothing, for disabling caching by configuration. */
@NullMarked
package org.jcachememcached.internal.store.none;

import org.jspecify.annotations.NullMarked;
