/** The store in memcached: meta commands on hardened spymemcached connections. */
@NullMarked
package org.jcachememcached.store.memcached;

import org.jspecify.annotations.NullMarked;
