/** The threads of the provider, and how they wait. */
@NullMarked
package org.jcachememcached.internal.thread;

import org.jspecify.annotations.NullMarked;
