/**
 * Reads the settings of a manager from a configuration file, the environment, its URI and its
 * properties. Only the classes whose names begin with {@code Hocon} use the library that reads
 * files.
 */
@NullMarked
package org.jcachememcached.internal.config.source;

import org.jspecify.annotations.NullMarked;
