/**
 * Where settings come from: URI, properties and environment become one immutable {@link
 * org.jcachememcached.config.Settings}.
 */
@NullMarked
package org.jcachememcached.config;

import org.jspecify.annotations.NullMarked;
