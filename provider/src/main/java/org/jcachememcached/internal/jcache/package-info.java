/** Parts of the JCache API that several packages implement in the same way. */
@NullMarked
package org.jcachememcached.internal.jcache;

import org.jspecify.annotations.NullMarked;
