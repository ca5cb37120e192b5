/** The threads of the provider. */
@NullMarked
package org.jcachememcached.internal.thread;

import org.jspecify.annotations.NullMarked;
