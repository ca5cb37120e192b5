package org.jcachememcached.internal.thread;

import java.util.concurrent.locks.LockSupport;

/** Pauses of the current thread. Stateless. */
public final class Pauses {

  private Pauses() {}

  /** Waits for that long, also in a thread that is interrupted, which it then still is. */
  public static void pause(long nanos) {
    long end = System.nanoTime() + nanos;
    boolean interrupted = false;
    for (long left = nanos; left > 0; left = end - System.nanoTime()) {
      interrupted |= Thread.interrupted();
      LockSupport.parkNanos(left);
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
