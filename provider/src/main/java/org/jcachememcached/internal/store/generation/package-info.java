/**
 * Clearing a cache in one step, whatever its size: the keys of a cache contain its generation, and
 * a clear replaces the generation. A decorator of any other store.
 */
@NullMarked
package org.jcachememcached.internal.store.generation;

import org.jspecify.annotations.NullMarked;
