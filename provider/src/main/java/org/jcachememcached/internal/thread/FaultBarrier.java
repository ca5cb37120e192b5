package org.jcachememcached.internal.thread;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs tasks that must not end their thread, or prevent the tasks after them, whatever they throw.
 * Stateless.
 */
public final class FaultBarrier {

  private static final Logger LOG = LoggerFactory.getLogger(FaultBarrier.class);

  private FaultBarrier() {}

  /**
   * Runs a task to its end or its failure, which is logged.
   *
   * @param what the subject of the message
   */
  public static void run(String what, Runnable task) {
    try {
      task.run();
    } catch (Throwable failure) {
      report(what, failure);
    }
  }

  /** Logs that something goes on after a failure. Never fails itself. */
  public static void report(String what, Throwable failure) {
    try {
      LOG.error("{} goes on after a failure", what, failure);
    } catch (Throwable unreportable) {
      // The log fails as well, or there is no memory for it: there is nowhere else to report it.
    }
  }
}
