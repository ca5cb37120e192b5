package org.jcachememcached.internal.store.memcached.discovery;

import java.util.List;
import org.jcachememcached.internal.config.Server;

/** A question about the servers, put to one source. Asked by one thread at a time. */
interface Question {

  /**
   * Asks, and waits for the answer.
   *
   * @return each server once, one at least
   * @throws SourceException if there is no such answer
   */
  List<Server> ask() throws SourceException;

  /** Ends an {@link #ask} that is under way, if that is possible; any thread may call this. */
  default void abandon() {}
}
