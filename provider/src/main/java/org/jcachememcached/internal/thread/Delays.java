package org.jcachememcached.internal.thread;

import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Runs short work after a while, in one thread for the whole JVM that ends when it has had nothing
 * to do for some time. Thread-safe.
 */
public final class Delays {

  private static final long IDLE_SECONDS = 10;

  private static final ScheduledThreadPoolExecutor SCHEDULER = scheduler();

  private Delays() {}

  private static ScheduledThreadPoolExecutor scheduler() {
    ScheduledThreadPoolExecutor scheduler =
        new ScheduledThreadPoolExecutor(
            1, work -> DaemonThreads.create("jcache-memcached delays", work));
    scheduler.setKeepAliveTime(IDLE_SECONDS, TimeUnit.SECONDS);
    scheduler.allowCoreThreadTimeOut(true);
    scheduler.setRemoveOnCancelPolicy(true);
    return scheduler;
  }

  /**
   * Runs work once.
   *
   * @param work must not wait for anything
   * @return to cancel it
   */
  public static Future<?> runAfter(long nanos, Runnable work) {
    return SCHEDULER.schedule(
        () -> FaultBarrier.run("Delayed work", work), nanos, TimeUnit.NANOSECONDS);
  }
}
