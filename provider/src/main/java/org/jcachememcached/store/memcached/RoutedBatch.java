package org.jcachememcached.store.memcached;

import org.jcachememcached.store.Command;

/**
 * Commands of one call that go to one server together.
 *
 * @param positions where in the call each command stands
 * @param bytes how many they take on the wire, or some more
 */
record RoutedBatch(Command[] commands, int[] positions, long bytes) {}
