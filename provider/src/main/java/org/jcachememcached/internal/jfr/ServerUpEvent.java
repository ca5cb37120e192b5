package org.jcachememcached.internal.jfr;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;
import org.jspecify.annotations.Nullable;

/** The end of an outage. Not thread-safe. */
@Name("org.jcachememcached.ServerUp")
@Label("Server Up")
@Description("An outage of a server ends")
@Category("memcached")
@StackTrace(false)
final class ServerUpEvent extends Event {

  @Label("Server")
  @Nullable String server;

  @Label("Outage")
  @Description("How long it has lasted")
  @Timespan(Timespan.NANOSECONDS)
  long outage;

  void commit(String up, long nanos) {
    server = up;
    outage = nanos;
    commit();
  }
}
