/** The threads that the provider makes. */
@NullMarked
package org.jcachememcached.thread;

import org.jspecify.annotations.NullMarked;
