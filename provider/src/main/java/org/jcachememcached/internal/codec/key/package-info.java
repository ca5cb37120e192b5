/** The keys of a cache to keys on the wire and back. */
@NullMarked
package org.jcachememcached.internal.codec.key;

import org.jspecify.annotations.NullMarked;
