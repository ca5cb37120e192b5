/** The kinds of values that settings have: how each is written, and what is allowed. */
@NullMarked
package org.jcachememcached.internal.config.type;

import org.jspecify.annotations.NullMarked;
