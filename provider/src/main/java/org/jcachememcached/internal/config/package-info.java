/**
 * Where settings come from: a configuration file, environment, URI, properties and code become one
 * immutable {@link org.jcachememcached.internal.config.Settings}. Only the classes whose names
 * begin with Hocon know the library that reads files.
 */
@NullMarked
package org.jcachememcached.internal.config;

import org.jspecify.annotations.NullMarked;
