/**
 * The port to the place where entries live: a handful of commands on keys, bytes and tokens. It
 * knows nothing of {@code javax.cache}.
 */
@NullMarked
package org.jcachememcached.internal.store;

import org.jspecify.annotations.NullMarked;
