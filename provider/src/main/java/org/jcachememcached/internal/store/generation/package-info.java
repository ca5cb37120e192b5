/**
 * Caches that are cleared in one step, whatever they hold: the keys of a cache contain its
 * generation, and a clear gives it another one. A decorator of any other store.
 */
@NullMarked
package org.jcachememcached.internal.store.generation;

import org.jspecify.annotations.NullMarked;
