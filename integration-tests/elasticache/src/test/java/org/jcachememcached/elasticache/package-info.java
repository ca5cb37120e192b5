/** The provider with the AWS client in spymemcached's place. */
@NullMarked
package org.jcachememcached.elasticache;

import org.jspecify.annotations.NullMarked;
