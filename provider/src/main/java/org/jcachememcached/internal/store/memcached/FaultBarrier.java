package org.jcachememcached.internal.store.memcached;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs what must not end the thread that it runs in, or keep others of the same kind from being
 * run, whatever it throws. Stateless.
 */
final class FaultBarrier {

  private static final Logger LOG = LoggerFactory.getLogger(FaultBarrier.class);

  private FaultBarrier() {}

  /**
   * Runs a task to its end or its failure, which is reported.
   *
   * @param what the subject of the report
   */
  static void run(String what, Runnable task) {
    try {
      task.run();
    } catch (Throwable failure) {
      report(what, failure);
    }
  }

  /** Reports that something goes on after a failure. Never fails itself. */
  static void report(String what, Throwable failure) {
    try {
      LOG.error("{} goes on after a failure", what, failure);
    } catch (Throwable unreportable) {
      // The log fails as well, or there is no memory for it: there is no other place to report to.
    }
  }
}
