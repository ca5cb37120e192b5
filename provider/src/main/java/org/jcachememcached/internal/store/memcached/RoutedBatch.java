package org.jcachememcached.internal.store.memcached;

import org.jcachememcached.internal.store.Command;

/**
 * Commands of one call that travel on one connection together.
 *
 * @param positions where in the call each command stands
 * @param bytes how many they take on the wire, or some more
 */
record RoutedBatch(Connection connection, Command[] commands, int[] positions, long bytes) {}
