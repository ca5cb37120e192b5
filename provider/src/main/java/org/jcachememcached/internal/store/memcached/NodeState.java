package org.jcachememcached.internal.store.memcached;

import org.jcachememcached.internal.store.StoreException.Reason;
import org.jspecify.annotations.Nullable;

/** Whether a server can be asked. Immutable. */
sealed interface NodeState {

  /** The first connection is not there yet. */
  record Connecting() implements NodeState {}

  /**
   * The server has said what it is, and has nothing that should have been removed.
   *
   * @param version of memcached, such as {@code 1.6.18}
   * @param itemSizeMax the largest item that it takes, in bytes
   */
  record Ready(String version, long itemSizeMax) implements NodeState {}

  /** There is no connection, or none that is of use. */
  record Down(Reason reason, String message, @Nullable Throwable cause) implements NodeState {}
}
