/**
 * The public API: the provider, its managers and its caches. Everything below this package is
 * internal.
 */
@NullMarked
package org.jcachememcached;

import org.jspecify.annotations.NullMarked;
