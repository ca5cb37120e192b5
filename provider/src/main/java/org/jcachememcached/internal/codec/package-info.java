/** Keys and values to bytes and back. */
@NullMarked
package org.jcachememcached.internal.codec;

import org.jspecify.annotations.NullMarked;
