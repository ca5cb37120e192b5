/**
 * The entry points of the provider: the caching provider, its managers, its caches and their
 * configuration. Other types for applications are in {@link org.jcachememcached.api}; all other
 * packages are internal.
 */
@NullMarked
package org.jcachememcached;

import org.jspecify.annotations.NullMarked;
