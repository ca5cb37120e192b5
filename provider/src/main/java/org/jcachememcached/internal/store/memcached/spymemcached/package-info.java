/**
 * Connections of spymemcached with its faults corrected: the only package that uses that library.
 */
@NullMarked
package org.jcachememcached.internal.store.memcached.spymemcached;

import org.jspecify.annotations.NullMarked;
