package org.jcachememcached.engine;

import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Lets those of this JVM that change the same key do so one after the other, so that neighbours
 * burn no round trips against each other. Only a courtesy: after a bounded wait everybody goes on,
 * and the compare-and-set decides. Reentrant, because an entry processor or a listener may use the
 * cache. Thread-safe; holds nothing for keys that nobody works on.
 */
final class Turns {

  /** Enough that a busy key seldom makes the reader of another one look twice. */
  private static final int SLOTS = 1_024;

  private final ConcurrentHashMap<String, Turn> turns = new ConcurrentHashMap<>();
  private final AtomicIntegerArray ended = new AtomicIntegerArray(SLOTS);
  private final long waitNanos;

  Turns(Duration wait) {
    this.waitNanos = wait.toNanos();
  }

  /**
   * A number that changes whenever somebody's turn with that key ends, and now and then for other
   * keys: as long as it stays the same, no neighbour has changed the entry.
   */
  int ended(String key) {
    return ended.get(slot(key));
  }

  void inTurn(String key, Runnable work) {
    Turn turn = turns.compute(key, (k, present) -> present == null ? new Turn() : present.joined());
    boolean mine = turn.lock.tryLock() || await(turn.lock);
    try {
      work.run();
    } finally {
      ended.incrementAndGet(slot(key));
      if (mine) {
        turn.lock.unlock();
      }
      turns.computeIfPresent(key, (k, present) -> present.left() ? null : present);
    }
  }

  private int slot(String key) {
    return Math.floorMod(key.hashCode(), ended.length());
  }

  private boolean await(ReentrantLock lock) {
    try {
      return lock.tryLock(waitNanos, TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Only touched inside the map's own atomic methods, but for its lock. */
  private static final class Turn {

    final ReentrantLock lock = new ReentrantLock();
    private int users = 1;

    Turn joined() {
      users++;
      return this;
    }

    /** Whether the last user has left. */
    boolean left() {
      return --users == 0;
    }
  }
}
