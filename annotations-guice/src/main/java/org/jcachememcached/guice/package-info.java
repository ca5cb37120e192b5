/**
 * The caching annotations of JSR-107 for Guice. Install {@link
 * org.jcachememcached.guice.CacheAnnotationsModule}; the methods annotated with
 * {@code @CacheResult}, {@code @CachePut}, {@code @CacheRemove} and {@code @CacheRemoveAll} of the
 * objects that Guice creates are cached from then on, by whatever JCache provider is there.
 */
@NullMarked
package org.jcachememcached.guice;

import org.jspecify.annotations.NullMarked;
