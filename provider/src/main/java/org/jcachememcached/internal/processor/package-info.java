/** The entry that an entry processor sees. */
@NullMarked
package org.jcachememcached.internal.processor;

import org.jspecify.annotations.NullMarked;
