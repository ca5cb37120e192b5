/** Values in fewer bytes, by algorithms of which some need a library. */
@NullMarked
package org.jcachememcached.internal.codec.compression;

import org.jspecify.annotations.NullMarked;
