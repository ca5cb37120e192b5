/** Programs that show what one does with a cache, each to be run by itself. */
@NullMarked
package org.jcachememcached.examples;

import org.jspecify.annotations.NullMarked;
