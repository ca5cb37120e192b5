/** The assembly of a cache from its configuration, its life cycle and its iterator. */
@NullMarked
package org.jcachememcached.internal.cache;

import org.jspecify.annotations.NullMarked;
