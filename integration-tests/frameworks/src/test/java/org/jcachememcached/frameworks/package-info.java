/** Starts the applications on a real memcached and looks at what they leave there. */
@NullMarked
package org.jcachememcached.frameworks;

import org.jspecify.annotations.NullMarked;
