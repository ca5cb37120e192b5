package org.jcachememcached.internal.store.memcached;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.jcachememcached.internal.config.Server;
import org.jcachememcached.internal.jfr.FlightRecorder;
import org.jcachememcached.internal.logging.LogNames;
import org.jcachememcached.internal.thread.FaultBarrier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs and records the outages of one server: once when one begins and once when it ends, whatever
 * its reasons in between. Thread-safe.
 */
final class OutageLog {

  private static final Logger LOG = LoggerFactory.getLogger(LogNames.SERVERS);

  private final Server server;
  private final LongSupplier nanoTime;
  private boolean down;
  private long since;

  /**
   * @param nanoTime the clock, {@link System#nanoTime()}
   */
  OutageLog(Server server, LongSupplier nanoTime) {
    this.server = server;
    this.nanoTime = nanoTime;
  }

  /** The server is down, still or again. */
  void isDown(NodeState.Down reason) {
    FaultBarrier.run("The log", () -> logDown(reason));
  }

  private synchronized void logDown(NodeState.Down reason) {
    if (down) {
      LOG.debug("{}", reason.message(), reason.cause());
      return;
    }
    down = true;
    since = nanoTime.getAsLong();
    FlightRecorder.serverDown(server, reason.message());
    LOG.warn("{}", reason.message());
    if (reason.cause() != null) {
      LOG.debug("{}", reason.message(), reason.cause());
    }
  }

  /** The server is usable. */
  void isReady() {
    FaultBarrier.run("The log", this::logReady);
  }

  private synchronized void logReady() {
    if (down) {
      down = false;
      Duration outage = Duration.ofNanos(nanoTime.getAsLong() - since);
      FlightRecorder.serverUp(server, outage);
      LOG.info("memcached at {} answers again, after {} s", server, outage.toSeconds());
    }
  }
}
