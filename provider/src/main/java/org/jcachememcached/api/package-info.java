/**
 * The types of this provider that applications use or implement, apart from the entry points: enums
 * of the configuration, codecs for values, statistics and MXBeans.
 */
@NullMarked
package org.jcachememcached.api;

import org.jspecify.annotations.NullMarked;
