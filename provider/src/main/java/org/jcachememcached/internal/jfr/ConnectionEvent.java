package org.jcachememcached.internal.jfr;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

/** A new state of one connection. Not thread-safe. */
@Name("org.jcachememcached.Connection")
@Label("Connection State")
@Description("A connection to a server has another state, or could not be opened again")
@Category("memcached")
@StackTrace(false)
final class ConnectionEvent extends Event {

  @Label("Server")
  @Nullable String server;

  @Label("State")
  @Description("Connecting, Ready or Down")
  @Nullable String state;

  @Label("Reason")
  @Nullable String reason;

  void commit(String connected, String now, @Nullable String why) {
    server = connected;
    state = now;
    reason = why;
    commit();
  }
}
