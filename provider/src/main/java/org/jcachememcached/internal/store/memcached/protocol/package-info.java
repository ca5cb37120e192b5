/** Requests and replies of memcached as bytes; independent of any client library. */
@NullMarked
package org.jcachememcached.internal.store.memcached.protocol;

import org.jspecify.annotations.NullMarked;
