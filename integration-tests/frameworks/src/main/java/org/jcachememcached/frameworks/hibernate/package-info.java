/**
 * Orders in Hibernate: entities, and regions of its second-level cache that the config file
 * describes.
 */
@NullMarked
package org.jcachememcached.frameworks.hibernate;

import org.jspecify.annotations.NullMarked;
