/** Real servers and broken networks for tests; other modules use it as a test-jar. */
@NullMarked
package org.jcachememcached.testing;

import org.jspecify.annotations.NullMarked;
