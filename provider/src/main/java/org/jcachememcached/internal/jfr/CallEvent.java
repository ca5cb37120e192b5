package org.jcachememcached.internal.jfr;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Threshold;
import org.jspecify.annotations.Nullable;

/** A call of a cache that took longer than the threshold of the recording. Not thread-safe. */
@Name("org.jcachememcached.Call")
@Label("Cache Call")
@Description("A call of the application to a cache; by default those of 20 ms and more")
@Category("memcached")
@StackTrace(true)
@Threshold("20 ms")
final class CallEvent extends Event {

  @Label("Cache")
  @Nullable String cache;

  @Label("Operation")
  @Nullable String operation;

  @Label("Failure")
  @Description("The class of the exception that the caller got")
  @Nullable String failure;

  void end(String called, String method, @Nullable Throwable thrown) {
    end();
    if (shouldCommit()) {
      cache = called;
      operation = method;
      failure = thrown == null ? null : thrown.getClass().getName();
      commit();
    }
  }
}
