/** Values to bytes and back: the built-in codecs and those of applications. */
@NullMarked
package org.jcachememcached.internal.codec.value;

import org.jspecify.annotations.NullMarked;
