/** Encryption of connections. */
@NullMarked
package org.jcachememcached.internal.store.memcached.tls;

import org.jspecify.annotations.NullMarked;
