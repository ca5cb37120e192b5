/** Lists the keys on a server, on connections of its own. */
@NullMarked
package org.jcachememcached.internal.store.memcached.scan;

import org.jspecify.annotations.NullMarked;
