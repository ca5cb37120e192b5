/** Deadlines of entries, as their expiry policy defines them, in milliseconds. */
@NullMarked
package org.jcachememcached.internal.expiry;

import org.jspecify.annotations.NullMarked;
