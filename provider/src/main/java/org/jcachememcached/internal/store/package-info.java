/**
 * The port to the stores of entries: a few commands on keys, bytes and CAS values, independent of
 * {@code javax.cache}.
 */
@NullMarked
package org.jcachememcached.internal.store;

import org.jspecify.annotations.NullMarked;
