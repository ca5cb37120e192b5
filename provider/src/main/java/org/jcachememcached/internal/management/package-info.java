/** Statistics and MXBeans. */
@NullMarked
package org.jcachememcached.internal.management;

import org.jspecify.annotations.NullMarked;
