/** Entries that are loaded anew in the background before callers have to wait for them. */
@NullMarked
package org.jcachememcached.internal.refresh;

import org.jspecify.annotations.NullMarked;
