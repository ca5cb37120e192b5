/** A shop on Spring Boot: its caches are named in annotations and described in the config file. */
@NullMarked
package org.jcachememcached.frameworks.spring;

import org.jspecify.annotations.NullMarked;
