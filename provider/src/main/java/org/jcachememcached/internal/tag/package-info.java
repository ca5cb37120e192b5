/** The tags of entries: an item for each on the servers of the manager, with its version. */
@NullMarked
package org.jcachememcached.internal.tag;

import org.jspecify.annotations.NullMarked;
