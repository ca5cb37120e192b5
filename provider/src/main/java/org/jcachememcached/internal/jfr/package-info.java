/** Events for the flight recorder of the JVM ({@code jdk.jfr}), which a JVM may not have. */
@NullMarked
package org.jcachememcached.internal.jfr;

import org.jspecify.annotations.NullMarked;
