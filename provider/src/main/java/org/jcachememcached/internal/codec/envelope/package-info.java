/** What surrounds the bytes of a value in a store: the format of items, and the envelope. */
@NullMarked
package org.jcachememcached.internal.codec.envelope;

import org.jspecify.annotations.NullMarked;
