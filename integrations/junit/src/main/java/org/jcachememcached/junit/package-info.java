/** Caches in memcached for the tests of an application, with JUnit Jupiter. */
@NullMarked
package org.jcachememcached.junit;

import org.jspecify.annotations.NullMarked;
