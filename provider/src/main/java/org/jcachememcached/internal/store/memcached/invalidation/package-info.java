/** The keys that are to be removed from a server, however often its connections break. */
@NullMarked
package org.jcachememcached.internal.store.memcached.invalidation;

import org.jspecify.annotations.NullMarked;
