/** Tests of Spring's view of caches. */
@NullMarked
package org.jcachememcached.spring;

import org.jspecify.annotations.NullMarked;
