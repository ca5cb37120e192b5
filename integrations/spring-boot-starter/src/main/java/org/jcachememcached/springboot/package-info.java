/** The auto-configuration of caches in memcached for Spring Boot 3.5 and 4. */
@NullMarked
package org.jcachememcached.springboot;

import org.jspecify.annotations.NullMarked;
