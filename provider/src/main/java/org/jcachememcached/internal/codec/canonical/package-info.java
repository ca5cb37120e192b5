/** Objects to bytes that are the same for equal objects, and back. */
@NullMarked
package org.jcachememcached.internal.codec.canonical;

import org.jspecify.annotations.NullMarked;
