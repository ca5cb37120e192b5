package org.jcachememcached.store.memcached;

import org.jcachememcached.store.Command;

/**
 * Commands of one call that go to one server together.
 *
 * @param positions where in the call each command stands
 */
record RoutedBatch(ServerNode node, Command[] commands, int[] positions) {}
