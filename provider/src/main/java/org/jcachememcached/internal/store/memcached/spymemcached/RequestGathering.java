package org.jcachememcached.internal.store.memcached.spymemcached;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Lets other threads add requests before the leader of a loop writes: those that the last answers
 * have woken, whose requests would be written one by one otherwise. It gives up the processor once.
 * Where that takes long, because threads that compute have it then, it pauses. For one thread at a
 * time.
 */
final class RequestGathering {

  /** Callers are faster; a thread that computes keeps a processor for longer. */
  private static final long LONG_NANOS = TimeUnit.MICROSECONDS.toNanos(500);

  private static final long SHORTEST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
  private static final long LONGEST_PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final LongSupplier nanoTime;
  private final Runnable yield;
  private long resumeAt;
  private long pauseNanos = SHORTEST_PAUSE_NANOS;

  RequestGathering() {
    this(System::nanoTime, Thread::yield);
  }

  /**
   * @param yield gives up the processor
   */
  RequestGathering(LongSupplier nanoTime, Runnable yield) {
    this.nanoTime = nanoTime;
    this.yield = yield;
    this.resumeAt = nanoTime.getAsLong();
  }

  void run() {
    long begun = nanoTime.getAsLong();
    if (begun - resumeAt < 0) {
      return;
    }
    yield.run();
    long now = nanoTime.getAsLong();
    if (now - begun >= LONG_NANOS) {
      resumeAt = now + pauseNanos;
      pauseNanos = Math.min(2 * pauseNanos, LONGEST_PAUSE_NANOS);
    } else {
      // Shorter again only after many that were fast.
      pauseNanos = Math.max(pauseNanos - pauseNanos / 64, SHORTEST_PAUSE_NANOS);
    }
  }
}
