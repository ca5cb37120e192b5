package org.jcachememcached.internal.store.memcached.protocol;

import java.time.Duration;
import org.jcachememcached.internal.config.Server;

/** The messages of failures that are reported from several places. Stateless. */
public final class FailureText {

  private FailureText() {}

  /** The server did not answer within the operation timeout. */
  public static String noAnswer(Server server, Duration timeout) {
    return "memcached at %s did not answer within %d ms (setting 'timeout')"
        .formatted(server, timeout.toMillis());
  }

  /** No connection to the server can be opened. */
  public static String unreachable(Server server) {
    return "memcached at " + server + " cannot be reached (setting 'servers')";
  }
}
