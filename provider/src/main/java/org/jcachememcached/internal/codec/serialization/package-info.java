/** Java serialization within the limits that the settings {@code deserialization.*} set. */
@NullMarked
package org.jcachememcached.internal.codec.serialization;

import org.jspecify.annotations.NullMarked;
