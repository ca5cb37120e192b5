package org.jcachememcached.engine;

import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Lets those of this JVM that change the same key do so one after the other, so that neighbours
 * burn no round trips against each other. Only a courtesy: after a bounded wait everybody goes on,
 * and the compare-and-set decides. Reentrant, because an entry processor or a listener may use the
 * cache. Thread-safe; holds nothing for keys that nobody works on.
 */
final class Turns {

  private final ConcurrentHashMap<String, Turn> turns = new ConcurrentHashMap<>();
  private final long waitNanos;

  Turns(Duration wait) {
    this.waitNanos = wait.toNanos();
  }

  /** The work on one key; {@code waited} says whether somebody else worked on it before. */
  interface Work {
    void run(boolean waited);
  }

  void inTurn(String key, Work work) {
    Turn turn = turns.compute(key, (k, present) -> present == null ? new Turn() : present.joined());
    boolean immediately = turn.lock.tryLock();
    boolean mine = immediately || await(turn.lock);
    try {
      work.run(!immediately);
    } finally {
      if (mine) {
        turn.lock.unlock();
      }
      turns.computeIfPresent(key, (k, present) -> present.left() ? null : present);
    }
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
