/** The threads that the provider makes. */
@NullMarked
package org.jcachememcached.internal.thread;

import org.jspecify.annotations.NullMarked;
