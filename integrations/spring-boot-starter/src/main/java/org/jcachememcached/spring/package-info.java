/**
 * Spring's cache abstraction on caches of this provider, for applications with and without Spring
 * Boot.
 */
@NullMarked
package org.jcachememcached.spring;

import org.jspecify.annotations.NullMarked;
