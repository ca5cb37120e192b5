/** An application on Spring Boot. */
@NullMarked
package org.jcachememcached.examples;

import org.jspecify.annotations.NullMarked;
