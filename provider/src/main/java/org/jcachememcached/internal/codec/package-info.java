/** What all codecs share: text as bytes, and what is known of classes. */
@NullMarked
package org.jcachememcached.internal.codec;

import org.jspecify.annotations.NullMarked;
