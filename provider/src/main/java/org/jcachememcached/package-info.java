/**
 * The entry points: the provider, its managers and its caches. Everything below {@code .internal}
 * is internal.
 */
@NullMarked
package org.jcachememcached;

import org.jspecify.annotations.NullMarked;
