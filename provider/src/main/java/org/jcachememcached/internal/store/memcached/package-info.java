/** The store in memcached: meta commands on hardened spymemcached connections. */
@NullMarked
package org.jcachememcached.internal.store.memcached;

import org.jspecify.annotations.NullMarked;
