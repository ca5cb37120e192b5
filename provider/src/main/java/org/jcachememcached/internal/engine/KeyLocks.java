package org.jcachememcached.internal.engine;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.jcachememcached.internal.event.NoWaitScope;

/**
 * Lets those of this JVM that change the same key do so one after the other, so that neighbours
 * burn no round trips against each other. Only a courtesy: after a bounded wait everybody goes on,
 * and the compare-and-set decides. Reentrant, because an entry processor may use the cache; who has
 * a turn already does not wait for that of another key. Thread-safe.
 */
final class KeyLocks {

  /** Enough that a busy key seldom makes the reader of another one look twice. */
  private static final int SLOTS = 1_024;

  private final RefCountedLocks locks = new RefCountedLocks();
  private final AtomicIntegerArray ended = new AtomicIntegerArray(SLOTS);
  private final long waitNanos;

  KeyLocks(Duration wait) {
    this.waitNanos = wait.toNanos();
  }

  /**
   * A number that changes whenever somebody's turn with that key ends, and now and then for other
   * keys: as long as it stays the same, no neighbour has changed the entry.
   */
  int ended(String key) {
    return ended.get(slot(key));
  }

  void whileLocked(String key, Runnable work) {
    boolean mayWait = !NoWaitScope.isActive();
    NoWaitScope.during(() -> whileLocked(key, mayWait, work));
  }

  private void whileLocked(String key, boolean mayWait, Runnable work) {
    try (RefCountedLocks.Interest turn = locks.in(key)) {
      if (!turn.tryLock() && mayWait) {
        await(turn);
      }
      try {
        work.run();
      } finally {
        ended.incrementAndGet(slot(key));
      }
    }
  }

  private int slot(String key) {
    return Math.floorMod(key.hashCode(), ended.length());
  }

  private void await(RefCountedLocks.Interest turn) {
    try {
      turn.tryLock(waitNanos);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
