/** Tests of the starter for Spring Boot. */
@NullMarked
package org.jcachememcached.springboot;

import org.jspecify.annotations.NullMarked;
