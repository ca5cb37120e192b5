/** The compression of values. Some algorithms need a library. */
@NullMarked
package org.jcachememcached.internal.codec.compression;

import org.jspecify.annotations.NullMarked;
