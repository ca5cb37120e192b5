/**
 * Where settings come from: a configuration file, environment, URI, properties and code become one
 * immutable {@link org.jcachememcached.config.Settings}. Only the classes whose names begin with
 * Hocon know the library that reads files.
 */
@NullMarked
package org.jcachememcached.config;

import org.jspecify.annotations.NullMarked;
