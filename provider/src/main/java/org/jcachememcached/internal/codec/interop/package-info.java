/**
 * Items without envelope, as clients in other languages write and read them: the bytes of a value,
 * and flags that say what they are.
 */
@NullMarked
package org.jcachememcached.internal.codec.interop;

import org.jspecify.annotations.NullMarked;
