/** The operations of a cache, one class each: functions of the entry and the time. */
@NullMarked
package org.jcachememcached.internal.operation;

import org.jspecify.annotations.NullMarked;
