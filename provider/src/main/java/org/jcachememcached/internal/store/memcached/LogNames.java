package org.jcachememcached.internal.store.memcached;

/**
 * The names of loggers that users know, from {@code docs/logging.md}; those of other loggers are
 * the names of classes.
 */
final class LogNames {

  /** What becomes of servers. */
  static final String SERVERS = "org.jcachememcached.servers";

  /** What the client library says of itself. */
  static final String CLIENT = "org.jcachememcached.client";

  private LogNames() {}
}
