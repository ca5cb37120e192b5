/** Keys and values to bytes and back. */
@NullMarked
package org.jcachememcached.codec;

import org.jspecify.annotations.NullMarked;
