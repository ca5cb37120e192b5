/** Adapters for the loader and the writer of an application. */
@NullMarked
package org.jcachememcached.internal.integration;

import org.jspecify.annotations.NullMarked;
