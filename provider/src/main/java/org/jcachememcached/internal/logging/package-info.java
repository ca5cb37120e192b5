/** Names of loggers, and logging of what may happen thousands of times a second. */
@NullMarked
package org.jcachememcached.internal.logging;

import org.jspecify.annotations.NullMarked;
