/** Statistics and MXBeans. */
@NullMarked
package org.jcachememcached.management;

import org.jspecify.annotations.NullMarked;
