/** Tests of the meters. */
@NullMarked
package org.jcachememcached.micrometer;

import org.jspecify.annotations.NullMarked;
