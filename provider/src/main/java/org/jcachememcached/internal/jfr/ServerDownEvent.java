package org.jcachememcached.internal.jfr;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

/** The begin of an outage. Not thread-safe. */
@Name("org.jcachememcached.ServerDown")
@Label("Server Down")
@Description("An outage of a server begins")
@Category("memcached")
@StackTrace(false)
final class ServerDownEvent extends Event {

  @Label("Server")
  @Nullable String server;

  @Label("Reason")
  @Nullable String reason;

  void commit(String down, String why) {
    server = down;
    reason = why;
    commit();
  }
}
