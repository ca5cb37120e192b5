/** The store that remembers nothing: caching switched off by configuration. */
@NullMarked
package org.jcachememcached.internal.store.none;

import org.jspecify.annotations.NullMarked;
