/** Listeners and the dispatch of events to them. */
@NullMarked
package org.jcachememcached.internal.event;

import org.jspecify.annotations.NullMarked;
