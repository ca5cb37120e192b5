/**
 * Runs the official JSR-107 TCK, each time in a JVM of its own, and holds the figures against what
 * they have to be.
 */
@NullMarked
package org.jcachememcached.tck;

import org.jspecify.annotations.NullMarked;
