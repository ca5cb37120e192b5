package org.jcachememcached.internal.store.memcached.spymemcached;

import java.util.concurrent.TimeUnit;

/**
 * Lets other threads add requests before the leader of a loop writes: those that the last answers
 * have woken, and that would write one by one otherwise. It gives them the processor, once. Where
 * threads that do something else take it for longer, that stops for some time. For one thread at a
 * time.
 */
final class RequestGathering {

  /** Callers are faster than that; a thread that computes is not. */
  private static final long LONGEST_NANOS = TimeUnit.MICROSECONDS.toNanos(500);

  private static final long SHORTEST_STOP_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
  private static final long LONGEST_STOP_NANOS = TimeUnit.SECONDS.toNanos(1);

  private long resumeAt = System.nanoTime();
  private long stopNanos = SHORTEST_STOP_NANOS;

  void run() {
    long begun = System.nanoTime();
    if (begun - resumeAt < 0) {
      return;
    }
    Thread.yield();
    long now = System.nanoTime();
    if (now - begun > LONGEST_NANOS) {
      resumeAt = now + stopNanos;
      stopNanos = Math.min(2 * stopNanos, LONGEST_STOP_NANOS);
    } else {
      stopNanos = Math.max(stopNanos - stopNanos / 64, SHORTEST_STOP_NANOS);
    }
  }
}
