/** The entry that an entry processor sees. */
@NullMarked
package org.jcachememcached.processor;

import org.jspecify.annotations.NullMarked;
