/** What the TCK's annotation tests have to be given: objects whose annotations work. */
@NullMarked
package org.jcachememcached.tck.annotations;

import org.jspecify.annotations.NullMarked;
