/**
 * The operations of a cache, one class each: what the entry is now, and the time, to an outcome.
 */
@NullMarked
package org.jcachememcached.internal.operation;

import org.jspecify.annotations.NullMarked;
