package org.jcachememcached.internal.jfr;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

/** An operation that is applied again because another client was faster. Not thread-safe. */
@Name("org.jcachememcached.LostRace")
@Label("Lost Race")
@Description(
    "An entry has changed between its read and its write, so that the operation is applied again")
@Category("memcached")
@StackTrace(true)
final class LostRaceEvent extends Event {

  @Label("Key")
  @Description("The key on the server")
  @Nullable String key;

  @Label("Losses")
  @Description("How many races the operation has lost so far")
  int losses;

  void commit(String lost, int count) {
    key = lost;
    losses = count;
    commit();
  }
}
