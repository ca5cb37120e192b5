/** A shop on Spring Boot with the starter, on real memcached. */
@NullMarked
package org.jcachememcached.boot;

import org.jspecify.annotations.NullMarked;
