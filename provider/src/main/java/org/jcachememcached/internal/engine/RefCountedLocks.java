package org.jcachememcached.internal.engine;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A reentrant lock for every key that somebody works on. Thread-safe; holds nothing for keys that
 * nobody works on.
 */
final class RefCountedLocks {

  private final ConcurrentHashMap<String, Counted> locks = new ConcurrentHashMap<>();

  /** Takes an interest in the lock of a key, without locking it; to be closed. */
  Interest in(String key) {
    return new Interest(
        key, locks.compute(key, (k, known) -> known == null ? new Counted() : known.joined()));
  }

  /** One thread's interest in the lock of a key. Not thread-safe. */
  final class Interest implements AutoCloseable {

    private final String key;
    private final Counted counted;
    private boolean held;

    private Interest(String key, Counted counted) {
      this.key = key;
      this.counted = counted;
    }

    /** Locks, if that is possible without waiting. */
    boolean tryLock() {
      held = counted.lock.tryLock();
      return held;
    }

    /** Waits for the lock, at most so long. An interrupt ends the wait. */
    boolean tryLock(long nanos) throws InterruptedException {
      held = counted.lock.tryLock(nanos, TimeUnit.NANOSECONDS);
      return held;
    }

    /** Unlocks what was locked. */
    @Override
    public void close() {
      if (held) {
        counted.lock.unlock();
      }
      locks.computeIfPresent(key, (k, known) -> known.left() ? null : known);
    }
  }

  /** Only touched inside the map's own atomic methods, but for its lock. */
  private static final class Counted {

    final ReentrantLock lock = new ReentrantLock();
    private int users = 1;

    Counted joined() {
      users++;
      return this;
    }

    /** Whether the last user has left. */
    boolean left() {
      return --users == 0;
    }
  }
}
