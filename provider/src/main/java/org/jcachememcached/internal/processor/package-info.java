/** Entry processors: the entry that they work on and their results. */
@NullMarked
package org.jcachememcached.internal.processor;

import org.jspecify.annotations.NullMarked;
