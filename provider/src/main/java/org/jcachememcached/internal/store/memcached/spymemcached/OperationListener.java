package org.jcachememcached.internal.store.memcached.spymemcached;

import java.time.Duration;
import org.jcachememcached.internal.config.Server;

/**
 * What a {@link MetaOperation} asks and reports about itself; one listener is for all operations of
 * a connection. Called by any thread, mostly with the lock of the operation held.
 */
public interface OperationListener {

  /** The server that the operation is sent to. */
  Server server();

  /** How long an operation may take. */
  Duration timeout();

  /** The server has answered an operation that had not failed before. */
  void answeredInTime();

  /**
   * The server has not answered an operation in time.
   *
   * @param begun when the operation was begun
   */
  void operationExpired(long begun);

  /** The replies of the operation were delivered. */
  void settled(MetaOperation operation);

  /** An operation that held a permit for so many bytes is no longer in any queue. */
  void left(long bytes);
}
