package org.jcachememcached.internal.store.memcached;

import java.time.Duration;

/**
 * How long a server has owed answers on one connection without sending anything. {@link #heard} and
 * {@link #wasHeardSince} are thread-safe, the rest is for one thread. All times are of one clock in
 * nanoseconds.
 */
final class SilenceDetector {

  /** So many questions are asked before the time is over. */
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

  /** Looks at it again, at short intervals. */
  void tick(long time, boolean awaitsAnswer) {
    long heard = lastHeard;
    now = time;
    if (!awaitsAnswer || !awaitedAtLastTick || heard != heardAtLastTick) {
      since = time;
    }
    heardAtLastTick = heard;
    awaitedAtLastTick = awaitsAnswer;
  }

  /** When it began: never before the first question; or the last tick if there is none. */
  long since() {
    return since;
  }

  /** Whether it is longer than usual. */
  boolean isDoubtful() {
    return now - since >= timeout / PROBES;
  }

  /** Whether no answer is in time any more. */
  boolean isTimeout() {
    return now - since >= timeout;
  }
}
