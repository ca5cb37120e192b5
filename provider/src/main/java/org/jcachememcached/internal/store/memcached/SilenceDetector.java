package org.jcachememcached.internal.store.memcached;

import java.time.Duration;

/**
 * How long a server has owed answers on one connection without sending anything. {@link #heard} and
 * {@link #wasHeardSince} are thread-safe, the rest is for one thread. All times are of one clock in
 * nanoseconds.
 */
final class SilenceDetector {

  /** How many probes are sent before the timeout. */
  static final int PROBES = 10;

  private final long timeout;
  private volatile long lastHeard;
  private long heardAtLastTick;
  private boolean awaitedAtLastTick;
  private long since;
  private long now;

  SilenceDetector(Duration timeout, long now) {
    this.timeout = timeout.toNanos();
    this.lastHeard = now;
    this.heardAtLastTick = now;
    this.since = now;
    this.now = now;
  }

  /** The server has sent something. */
  void heard(long time) {
    lastHeard = time;
  }

  boolean wasHeardSince(long time) {
    return lastHeard - time > 0;
  }

  /** Updates it; to be called at short intervals. */
  void tick(long time, boolean awaitsAnswer) {
    long heard = lastHeard;
    now = time;
    if (!awaitsAnswer || !awaitedAtLastTick || heard != heardAtLastTick) {
      since = time;
    }
    heardAtLastTick = heard;
    awaitedAtLastTick = awaitsAnswer;
  }

  /** When the silence began: never before the first request; the last tick if there is none. */
  long since() {
    return since;
  }

  /** Whether the silence is longer than usual. */
  boolean isDoubtful() {
    return now - since >= timeout / PROBES;
  }

  /** Whether the silence is as long as the timeout. */
  boolean isTimeout() {
    return now - since >= timeout;
  }
}
