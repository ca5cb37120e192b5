/**
 * What applications hold or implement beside the types of JCache: enums of the configuration,
 * codecs for values, and MXBeans.
 */
@NullMarked
package org.jcachememcached.api;

import org.jspecify.annotations.NullMarked;
