package org.jcachememcached.internal.engine;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/** A reentrant lock for every key that is in use; keeps nothing for other keys. Thread-safe. */
final class RefCountedLocks {

  private final ConcurrentHashMap<String, Counted> locks = new ConcurrentHashMap<>();

  /** A handle on the lock of a key, without locking it; has to be closed. */
  Handle forKey(String key) {
    return new Handle(
        key, locks.compute(key, (k, known) -> known == null ? new Counted() : known.retain()));
  }

  /** The handle of one thread on the lock of a key. Not thread-safe. */
  final class Handle implements AutoCloseable {

    private final String key;
    private final Counted counted;
    private boolean held;

    private Handle(String key, Counted counted) {
      this.key = key;
      this.counted = counted;
    }

    /** Locks if that is possible without waiting. */
    boolean tryLock() {
      held = counted.lock.tryLock();
      return held;
    }

    /** Waits for the lock, at most that long. An interrupt ends the wait. */
    boolean tryLock(long nanos) throws InterruptedException {
      held = counted.lock.tryLock(nanos, TimeUnit.NANOSECONDS);
      return held;
    }

    /** Releases the lock if it is held. */
    @Override
    public void close() {
      if (held) {
        counted.lock.unlock();
      }
      locks.computeIfPresent(key, (k, known) -> known.release() ? null : known);
    }
  }

  /** A lock and its number of handles, which only the atomic methods of the map access. */
  private static final class Counted {

    final ReentrantLock lock = new ReentrantLock();
    private int users = 1;

    Counted retain() {
      users++;
      return this;
    }

    /** Whether the last handle is closed. */
    boolean release() {
      return --users == 0;
    }
  }
}
