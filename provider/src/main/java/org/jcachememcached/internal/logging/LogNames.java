package org.jcachememcached.internal.logging;

/**
 * The names of loggers that are documented for users, in {@code docs/logging.md}; those of other
 * loggers are the names of classes. Stateless.
 */
public final class LogNames {

  /** The state of servers. */
  public static final String SERVERS = "org.jcachememcached.servers";

  /** The messages of the client library. */
  public static final String CLIENT = "org.jcachememcached.client";

  private LogNames() {}
}
