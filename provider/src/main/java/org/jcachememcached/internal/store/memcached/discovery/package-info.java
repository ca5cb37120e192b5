/** Where the servers come from: sources that are asked for them again and again. */
@NullMarked
package org.jcachememcached.internal.store.memcached.discovery;

import org.jspecify.annotations.NullMarked;
