/**
 * The settings: a {@link org.jcachememcached.internal.config.Setting} describes one, and {@link
 * org.jcachememcached.internal.config.Settings} are the values of all for one manager or cache.
 */
@NullMarked
package org.jcachememcached.internal.config;

import org.jspecify.annotations.NullMarked;
