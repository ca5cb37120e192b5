/** The libraries that only some settings need, and what is wrong with one that cannot be used. */
@NullMarked
package org.jcachememcached.internal.library;

import org.jspecify.annotations.NullMarked;
