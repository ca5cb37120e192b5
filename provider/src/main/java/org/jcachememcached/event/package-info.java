/** Listeners and the dispatch of events to them. */
@NullMarked
package org.jcachememcached.event;

import org.jspecify.annotations.NullMarked;
