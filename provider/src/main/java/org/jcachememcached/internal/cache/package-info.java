/** What a cache is assembled from: its parts, its life cycle, its iterator. */
@NullMarked
package org.jcachememcached.internal.cache;

import org.jspecify.annotations.NullMarked;
