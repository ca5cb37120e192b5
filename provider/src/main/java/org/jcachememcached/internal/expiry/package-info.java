/** Deadlines: what an expiry policy says of an entry, exact to the millisecond. */
@NullMarked
package org.jcachememcached.internal.expiry;

import org.jspecify.annotations.NullMarked;
