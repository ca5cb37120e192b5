/** The store in the memory of this JVM, the embedded engine. */
@NullMarked
package org.jcachememcached.internal.store.memory;

import org.jspecify.annotations.NullMarked;
